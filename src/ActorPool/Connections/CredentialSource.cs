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
    long _knownSince;
    long _questions;
    bool _isRejected;
    Question? _asking;

    /// <summary>When the provider wants to be asked again, counted from now; null if it did not say.</summary>
    public long? RenewInMs => Volatile.Read(ref _known)?.Credentials.RenewAt is { } renewAt
        ? Math.Max(0, (long)(renewAt - clock.TimeProvider.GetUtcNow()).TotalMilliseconds)
        : null;

    /// <summary>The credentials to open with: those that are known and need no renewal yet, or the provider's answer.</summary>
    public Task<VersionedCredentials> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known && RenewInMs > 0 && !Volatile.Read(ref _isRejected))
        {
            return Task.FromResult(known);
        }

        return AskAsync().WaitAsync(cancellationToken);
    }

    /// <summary>The other end does not accept what is known: the provider is asked at the next open, whatever it said.</summary>
    public void Reject() => Volatile.Write(ref _isRejected, true);

    /// <summary>Work that asks the provider, whatever is known, and tells the answer; null if it failed.</summary>
    public IThreadPoolWorkItem Renewal(Action<VersionedCredentials?> tell) => new RenewalWork(this, tell);

    /// <summary>Those who ask while a question is under way share its answer, unless the provider has kept silent for too long.</summary>
    Task<VersionedCredentials> AskAsync()
    {
        var asker = new Asker();
        lock (_lock)
        {
            var nowMs = clock.NowMs;
            if (_asking is { } asking && nowMs - asking.AskedAtMs < patienceMs)
            {
                asking.Askers.Add(asker);
                return asker.Task;
            }

            _asking = new Question(this, ++_questions, nowMs) { Askers = { asker } };
            dispatcher.Execute(_asking);
        }

        return asker.Task;
    }

    VersionedCredentials Note(Credentials credentials, long question)
    {
        lock (_lock)
        {
            if (question < _knownSince)
            {
                // The answer to a question that was given up: a later one has been answered.
                return _known!;
            }

            _knownSince = question;
            _isRejected = false;
            var version = _known is null ? 1 : _known.Version + (_known.Credentials.Equals(credentials) ? 0 : 1);
            return _known = new VersionedCredentials(credentials, version, this);
        }
    }

    /// <summary>The question is answered: everybody goes on from work of its own, and holds up nobody.</summary>
    void Answer(Question question, VersionedCredentials? answer, Exception? error)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_asking, question))
            {
                _asking = null;
            }

            foreach (var asker in question.Askers)
            {
                asker.Answer = answer;
                asker.Error = error;
                dispatcher.Execute(asker);
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

    sealed class Question(CredentialSource source, long number, long askedAtMs) : IThreadPoolWorkItem
    {
        public long AskedAtMs { get; } = askedAtMs;

        public List<Asker> Askers { get; } = [];

        public void Execute() => _ = AskAsync();

        async Task AskAsync()
        {
            try
            {
                source.Answer(this, source.Note(await source.AskProviderAsync().ConfigureAwait(false), number), error: null);
            }
#pragma warning disable CA1031 // whatever a provider throws is its answer
            catch (Exception error)
#pragma warning restore CA1031
            {
                source.Answer(this, answer: null, error);
            }
        }
    }

    sealed class Asker : TaskCompletionSource<VersionedCredentials>, IThreadPoolWorkItem
    {
        public VersionedCredentials? Answer { get; set; }

        public Exception? Error { get; set; }

        public void Execute()
        {
            if (Error is not { } error)
            {
                SetResult(Answer!);
                return;
            }

            SetException(error);

            // Who asked may have given up: nobody else looks at it.
            _ = Task.Exception;
        }
    }
}
