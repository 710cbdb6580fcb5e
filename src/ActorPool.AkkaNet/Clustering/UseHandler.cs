namespace ActorPool.AkkaNet.Clustering;

/// <inheritdoc cref="IUseHandler"/>
/// <typeparam name="TConnection">What is pooled.</typeparam>
/// <typeparam name="TRequest">What it takes.</typeparam>
/// <typeparam name="TReply">What it returns.</typeparam>
/// <param name="pool">The pool.</param>
/// <param name="handler">The user's code.</param>
sealed class UseHandler<TConnection, TRequest, TReply>(
    IConnectionPool<TConnection> pool, Func<TConnection, TRequest, CancellationToken, ValueTask<TReply>> handler) : IUseHandler
    where TConnection : class
{
    public Type RequestType => typeof(TRequest);

    public bool Takes(object? payload) => payload is TRequest || (payload is null && default(TRequest) is null);

    public async ValueTask<object?> RunAsync(object? payload, Action began, CancellationToken cancellationToken) => await pool.UseAsync(
        static (connection, call, cancellationToken) =>
        {
            call.began();
            return call.handler(connection, (TRequest)call.payload!, cancellationToken);
        },
        (handler, payload, began),
        cancellationToken).ConfigureAwait(false);
}
