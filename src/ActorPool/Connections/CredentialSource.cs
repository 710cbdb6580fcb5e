using ActorPool.Actors;

namespace ActorPool.Connections;

/// <summary>
/// What a pool knows of its credentials: asks the provider, one question at a time whoever wants to know, keeps an answer
/// until it wants to be renewed, and numbers the answers that differ.
/// </summary>
sealed class CredentialSource(ICredentialProvider provider, Endpoint? endpoint, Clock clock, IDispatcher dispatcher, long patienceMs)
{
    /// <summary>A provider that failed outside an open is asked again after this.</summary>
    public const long RetryAfterMs = 10_000;

    readonly Lock _lock = new();
    VersionedCredentials? _known;
    Task<VersionedCredentials>? _asking;
    long _askedAtMs;

    /// <summary>When the provider wants to be asked again, counted from now; null if it did not say.</summary>
    public long? RenewInMs => Volatile.Read(ref _known)?.Credentials.RenewAt is { } renewAt
        ? Math.Max(0, (long)(renewAt - clock.TimeProvider.GetUtcNow()).TotalMilliseconds)
        : null;

    /// <summary>The credentials to open with: those that are known and need no renewal yet, or the provider's answer.</summary>
    public Task<VersionedCredentials> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known && RenewInMs > 0)
        {
            return Task.FromResult(known);
        }

        return AskAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Work that asks the provider, whatever is known, and tells the answer; null if it failed.</summary>
    public IThreadPoolWorkItem Renewal(Action<VersionedCredentials?> tell) => new RenewalWork(this, tell);

    /// <summary>Those who ask while a question is under way share its answer, unless the provider has kept silent for too long.</summary>
    Task<VersionedCredentials> AskAsync()
    {
        TaskCompletionSource<VersionedCredentials> asking;
        lock (_lock)
        {
            if (_asking is { IsCompleted: false } && clock.NowMs - _askedAtMs < patienceMs)
            {
                return _asking;
            }

            asking = new TaskCompletionSource<VersionedCredentials>();
            _asking = asking.Task;
            _askedAtMs = clock.NowMs;
        }

        dispatcher.Execute(new Question(this, asking));
        return asking.Task;
    }

    VersionedCredentials Note(Credentials credentials)
    {
        lock (_lock)
        {
            var version = _known is null ? 1 : _known.Version + (_known.Credentials.Equals(credentials) ? 0 : 1);
            return _known = new VersionedCredentials(credentials, version, this);
        }
    }

    sealed class Question(CredentialSource source, TaskCompletionSource<VersionedCredentials> answer) : IThreadPoolWorkItem
    {
        public void Execute() => _ = AskAsync();

        async Task AskAsync()
        {
            try
            {
                answer.SetResult(source.Note(await source.AskProviderAsync().ConfigureAwait(false)));
            }
#pragma warning disable CA1031 // whatever a provider throws is its answer
            catch (Exception error)
#pragma warning restore CA1031
            {
                answer.SetException(error);

                // Those who asked may have given up: nobody else looks at it.
                _ = answer.Task.Exception;
            }
        }
    }

    async ValueTask<Credentials> AskProviderAsync() =>
        await provider.GetAsync(endpoint, CancellationToken.None).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{provider.GetType().Name}.GetAsync returned null; it must return credentials or throw.");

    sealed class RenewalWork(CredentialSource source, Action<VersionedCredentials?> tell) : IThreadPoolWorkItem
    {
        public void Execute() => _ = RenewAsync();

        async Task RenewAsync()
        {
            try
            {
                tell(await source.AskAsync().ConfigureAwait(false));
            }
#pragma warning disable CA1031 // the next open meets the same error and reports it
            catch (Exception)
#pragma warning restore CA1031
            {
                tell(null);
            }
        }
    }
}
