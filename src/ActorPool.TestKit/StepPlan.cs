namespace ActorPool.TestKit;

/// <summary>How one step of a <see cref="ScriptedConnector{TConnection}"/> goes.</summary>
public sealed record StepPlan
{
    /// <summary>It succeeds at once.</summary>
    public static StepPlan Succeed { get; } = new();

    /// <summary>It hangs until its token is cancelled, as a well-behaved connector does.</summary>
    public static StepPlan Hang { get; } = new() { Delay = Timeout.InfiniteTimeSpan };

    /// <summary>It hangs and does not heed its token; <see cref="ScriptedConnector{TConnection}.ReleaseHung"/> lets it end.</summary>
    public static StepPlan HangDeaf { get; } = new() { Delay = Timeout.InfiniteTimeSpan, IsDeaf = true };

    /// <summary>How long it takes. Zero by default; infinite hangs.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What it fails with in the end; null to succeed.</summary>
    public Exception? Error { get; init; }

    /// <summary>Whether it ignores its token.</summary>
    public bool IsDeaf { get; init; }

    /// <summary>It fails at once. <c>Fail(error) with { Delay = … }</c> fails after a while.</summary>
    /// <param name="error">What it throws; the same object every time.</param>
    public static StepPlan Fail(Exception error) => new() { Error = error };

    /// <summary>It succeeds after a while, in the pool's time.</summary>
    /// <param name="delay">How long; not negative.</param>
    public static StepPlan After(TimeSpan delay) => new() { Delay = delay };
}
