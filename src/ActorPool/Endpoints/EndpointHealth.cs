using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>
/// Whether the endpoint's opens succeed, and when the next may start: one backoff schedule for all connections of the
/// endpoint. Plain bookkeeping of the supervisor's.
/// </summary>
sealed class EndpointHealth(PoolSettings settings, IRandomSource random)
{
    /// <summary>An acquire at an unavailable endpoint starts an attempt when the last one is older than this.</summary>
    const long EagerRetryAfterMs = 1_000;

    long _failingSinceMs;
    long _lastAttemptMs;

    public PoolHealth State { get; private set; }

    /// <summary>Opens that have failed since the last that succeeded.</summary>
    public int FailuresInARow { get; private set; }

    /// <summary>The step of the backoff: how many rounds of opens have failed since the last success.</summary>
    public int Step { get; private set; }

    /// <summary>
    /// The number of the present round; another begins with every step and with every success. Opens of one round fail
    /// together: only the first failure takes a step (the rule of Pekko HTTP's connection embargo).
    /// </summary>
    public int Round { get; private set; }

    public Exception? LastError { get; private set; }

    public OpenFailureKind LastKind { get; private set; }

    /// <summary>Before this no open starts; 0 if nothing holds them back.</summary>
    public long NextAttemptMs { get; private set; }

    /// <summary>How many opens may be under way at once.</summary>
    public int ConnectsMax => State == PoolHealth.Healthy ? Settings.MaxConcurrentConnects : 1;

    /// <summary>The pool's options.</summary>
    public PoolSettings Settings { get; set; } = settings;

    /// <summary>An open starts.</summary>
    public void Attempted(long nowMs) => _lastAttemptMs = nowMs;

    /// <summary>An open has succeeded: everything is forgotten.</summary>
    public void Succeeded()
    {
        State = PoolHealth.Healthy;
        FailuresInARow = 0;
        Step = 0;
        Round++;
        LastError = null;
        LastKind = OpenFailureKind.Transient;
        NextAttemptMs = 0;
    }

    /// <summary>An open that started in a certain round has failed.</summary>
    public void Failed(Exception error, OpenFailureKind kind, int startedInRound, long nowMs)
    {
        if (FailuresInARow++ == 0)
        {
            _failingSinceMs = nowMs;
        }

        LastError = error;
        LastKind = kind;
        State = kind != OpenFailureKind.Transient || nowMs - _failingSinceMs >= Settings.UnavailableAfterMs
            ? PoolHealth.Unavailable
            : PoolHealth.Failing;
        if (startedInRound == Round)
        {
            Round++;
            Step++;
            NextAttemptMs = nowMs + BackoffMs(kind);
        }
    }

    /// <summary>The next open need not wait.</summary>
    public void ForgetBackoff() => NextAttemptMs = 0;

    /// <summary>An acquire came to an unavailable endpoint: whether that is reason to try again now.</summary>
    public bool IsRetryWelcome(long nowMs)
    {
        if (nowMs - _lastAttemptMs <= EagerRetryAfterMs)
        {
            return false;
        }

        NextAttemptMs = 0;
        return true;
    }

    long BackoffMs(OpenFailureKind kind)
    {
        // What waiting does not cure is tried at the slowest pace from the start.
        var boundMs = kind == OpenFailureKind.Transient
            ? Math.Min(Settings.BackoffMaxMs, Settings.BackoffInitialMs << Math.Min(Step - 1, 30))
            : Settings.BackoffMaxMs;
        return Settings.BackoffJitter ? (long)(random.NextDouble() * boundMs) : boundMs;
    }
}
