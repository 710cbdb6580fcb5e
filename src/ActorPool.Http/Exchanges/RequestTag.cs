namespace ActorPool.Http.Exchanges;

/// <summary>
/// Names the request that holds a connection, in errors and snapshots: method and address, without query and user. Knows
/// nothing of the lease, which would never be found if it were lost otherwise.
/// </summary>
sealed class RequestTag(HttpMethod method, Uri target)
{
    public override string ToString() => Text(method, target);

    public static string Text(HttpMethod method, Uri target) =>
        $"{method.Method} {target.Scheme}://{target.Authority}{target.AbsolutePath}";
}
