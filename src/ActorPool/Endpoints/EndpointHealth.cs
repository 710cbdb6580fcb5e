using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>
/// Whether the endpoint's opens succeed, and when the next may start: one backoff schedule for all connections of the
/// endpoint. Plain bookkeeping of the supervisor's.
/// </summary>
/// <remarks>
/// A server, or a proxy in front of one, that accepts and closes would be connected to as fast as it accepts if nothing but
/// opens counted. So when a connection ends before it has served anybody, the next is on trial: it is opened at once, since
/// one such end may be an accident, but no other is until it has served or stood for a while. If it ends early too, its open
/// has failed after all, and the backoff goes on from where it was (as gRPC's, which is forgotten with the server's first
/// frame rather than with the connect: "gRPC Connection Backoff Protocol").
/// </remarks>
sealed class EndpointHealth(PoolSettings settings, IRandomSource random)
{
    /// <summary>An acquire at an unavailable endpoint starts an attempt when the last one is older than this.</summary>
    const long EagerRetryAfterMs = 1_000;

    /// <summary>A connection that has stood for so long has proved that opening it was of use.</summary>
    public const long ProbationMs = 1_000;

    long _failingSinceMs;
    long _lastAttemptMs;

    // Until when it was tried, or not to be tried yet.
    long _triedUntilMs;

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
    public int ConnectsMax => State == PoolHealth.Healthy && !IsOnTrial ? Settings.MaxConcurrentConnects : 1;

    /// <summary>Whether a connection has ended early, and none that was opened since has proved itself.</summary>
    public bool IsOnTrial { get; private set; }

    /// <summary>
    /// When the connection on trial will have stood for long enough; before there is one, when none has been wanted for as long.
    /// <see cref="PoolSettings.Never"/> where another open decides first.
    /// </summary>
    public long TrialEndsMs { get; private set; } = PoolSettings.Never;

    /// <summary>The pool's options.</summary>
    public PoolSettings Settings { get; set; } = settings;

    /// <summary>An open starts.</summary>
    public void Attempted(long nowMs) => _lastAttemptMs = nowMs;

    /// <summary>An open has succeeded: everything is forgotten, unless its connection is on trial.</summary>
    /// <param name="isSinceStep">Whether the open began after the last step, or after the trial began.</param>
    /// <param name="nowMs">The time.</param>
    public void Succeeded(bool isSinceStep, long nowMs)
    {
        if (!IsOnTrial)
        {
            Forget();
        }
        else if (isSinceStep)
        {
            TrialEndsMs = nowMs + ProbationMs;
            NextAttemptMs = TrialEndsMs;
        }
    }

    /// <summary>
    /// A connection has served, or a probe of it has passed, or it leaves for another reason than its end: if it was on trial,
    /// everything is forgotten.
    /// </summary>
    /// <param name="isSinceStep">Whether its open began after the last step, or after the trial began.</param>
    /// <returns>Whether it was.</returns>
    public bool Proved(bool isSinceStep)
    {
        if (!IsOnTrial || !isSinceStep)
        {
            return false;
        }

        Forget();
        return true;
    }

    /// <summary>A connection leaves, and nobody knows whose fault it was: if it was on trial, the next is in its stead, at once.</summary>
    /// <param name="isSinceStep">Whether its open began after the last step, or after the trial began.</param>
    /// <param name="nowMs">The time.</param>
    public void Excuse(bool isSinceStep, long nowMs)
    {
        if (IsOnTrial && isSinceStep)
        {
            TrialEndsMs = State == PoolHealth.Healthy ? nowMs + ProbationMs : PoolSettings.Never;
            NextAttemptMs = 0;
        }
    }

    /// <summary>
    /// Whether a connection on trial has stood for long enough, or none was wanted for as long; if so, everything is forgotten.
    /// To be asked while none is opening.
    /// </summary>
    public bool HasStood(long nowMs)
    {
        if (nowMs < TrialEndsMs)
        {
            return false;
        }

        Forget();
        return true;
    }

    /// <summary>Whether a connection of this age that ends has ended early, if it has served nobody.</summary>
    public static bool IsEarly(long ageMs) => ageMs < ProbationMs;

    /// <summary>
    /// A connection has ended early, and puts the next on trial; if it was on trial itself, its open has failed after all.
    /// Those that were opened together end together, and count once.
    /// </summary>
    /// <param name="error">What ended it.</param>
    /// <param name="isSinceStep">Whether its open began after the last step, or after the trial began.</param>
    /// <param name="nowMs">The time.</param>
    /// <returns>Whether it is the first of them: a step, or a trial, begins now.</returns>
    public bool EndedEarly(Exception error, bool isSinceStep, long nowMs)
    {
        if (!isSinceStep)
        {
            return false;
        }

        if (IsOnTrial)
        {
            Failed(error, OpenFailureKind.Transient, Round, nowMs);
        }
        else
        {
            IsOnTrial = true;
            TrialEndsMs = nowMs + ProbationMs;
            Round++;
        }

        return true;
    }

    void Forget()
    {
        State = PoolHealth.Healthy;
        IsOnTrial = false;
        TrialEndsMs = PoolSettings.Never;
        FailuresInARow = 0;
        Step = 0;
        Round++;
        LastError = null;
        LastKind = OpenFailureKind.Transient;
        NextAttemptMs = 0;
    }

    /// <summary>An open that started in a certain round has failed.</summary>
    /// <returns>Whether it is the first of that round: a step begins now.</returns>
    public bool Failed(Exception error, OpenFailureKind kind, int startedInRound, long nowMs)
    {
        // A time in which nobody wanted a connection is not one in which none could be opened.
        if (FailuresInARow++ == 0 || (State == PoolHealth.Failing && _lastAttemptMs - _triedUntilMs >= Settings.UnavailableAfterMs))
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
            TrialEndsMs = PoolSettings.Never;
            Step++;
            NextAttemptMs = nowMs + BackoffMs(kind);
            _triedUntilMs = NextAttemptMs;
            return true;
        }

        _triedUntilMs = Math.Max(_triedUntilMs, nowMs);
        return false;
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
