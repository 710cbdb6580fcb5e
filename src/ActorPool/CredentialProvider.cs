namespace ActorPool;

/// <summary>Makes credential providers.</summary>
public static class CredentialProvider
{
    /// <summary>A provider that always gives the same user and secret.</summary>
    public static ICredentialProvider Fixed(string? userName, string? secret) =>
        new DelegateProvider((_, _) => ValueTask.FromResult(new Credentials(userName, secret)));

    /// <summary>A provider that asks a delegate. See <see cref="ICredentialProvider.GetAsync"/>.</summary>
    public static ICredentialProvider Create(Func<Endpoint?, CancellationToken, ValueTask<Credentials>> get)
    {
        ArgumentNullException.ThrowIfNull(get);
        return new DelegateProvider(get);
    }

    sealed class DelegateProvider(Func<Endpoint?, CancellationToken, ValueTask<Credentials>> get) : ICredentialProvider
    {
        public ValueTask<Credentials> GetAsync(Endpoint? endpoint, CancellationToken cancellationToken) =>
            get(endpoint, cancellationToken);
    }
}
