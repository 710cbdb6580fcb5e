using Microsoft.Extensions.Logging;

namespace ActorPool;

/// <summary>
/// When and how <see cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, RetryOptions, CancellationToken)"/>
/// tries again. Each attempt acquires anew, with the pool's whole <see cref="PoolOptions.AcquireTimeout"/>, and gets another
/// connection than those before, as long as one is free. Checked when a pool first sees the object: all problems are reported
/// together, and later changes do not reach that pool. Keep the object and give it to every call; runs on Polly.
/// </summary>
/// <remarks>
/// <para>
/// Retried is a failure to get a connection because the endpoint cannot be reached: nothing has been sent, so that it is
/// always safe. A failure of the operation is retried only if <see cref="IsIdempotent"/> says that doing it twice does no
/// harm, and then if <see cref="RetryOn"/> or <see cref="RetryOnTypes"/> say so; by default, if it was a fault, which has
/// cost its connection.
/// </para>
/// <para>
/// Never retried, whatever the options say: what the caller's token has cancelled, a closed pool, and what waiting does not
/// cure (certificates and other failures of authentication, credentials, configuration). An
/// <see cref="OperationCanceledException"/> from elsewhere is retried only if <see cref="RetryOn"/> or
/// <see cref="RetryOnTypes"/> say so.
/// </para>
/// </remarks>
public sealed class RetryOptions
{
    /// <summary>For <see cref="MaxAttempts"/>: no limit. Such a call ends by success, by an error that is not retried, or by its token.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>How many attempts there are in all, the first included. Default 3; at least 1, which retries nothing.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How the waits between attempts grow. Default <see cref="RetryBackoff.FullJitter"/>.</summary>
    public RetryBackoff Backoff { get; set; } = RetryBackoff.FullJitter;

    /// <summary>The wait that <see cref="Backoff"/> begins with. Default 100 ms; 0 (no waits) to 1 day. Waits are rounded up to milliseconds.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The bound of every wait. Default 10 s; <see cref="Delay"/> to 1 day. After an <see cref="EndpointUnavailableException"/>
    /// the wait is, within this bound, not shorter than <see cref="EndpointUnavailableException.NextAttemptIn"/> nor than 100 ms.
    /// </summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the operation may be done twice. Default false: once it has begun it is not tried again.</summary>
    public bool IsIdempotent { get; set; }

    /// <summary>
    /// Which errors are worth another attempt; see <see cref="FaultRules"/>. Default null: what <see cref="RetryOnTypes"/> says,
    /// and if that is empty, the connector's faults (<see cref="IConnector{TConnection}.IsFault"/>). Runs on the caller's
    /// thread; if it throws, the error is not retried.
    /// </summary>
    public Func<Exception, bool>? RetryOn { get; set; }

    /// <summary>
    /// Types of errors that are worth another attempt, besides what <see cref="RetryOn"/> says: their subclasses too, and
    /// errors that such an error has caused. Default empty.
    /// </summary>
    public IList<Type> RetryOnTypes { get; } = [];

    /// <summary>
    /// Told of every failed attempt, the last included, before the wait. Default null. Runs on the caller's thread; what it
    /// throws is logged and ignored.
    /// </summary>
    public Action<RetryFailure>? OnFailure { get; set; }

    /// <summary>What limits the retries of many calls together. Default null: nothing does.</summary>
    public RetryBudget? Budget { get; set; }

    /// <summary>How loudly failed attempts are logged, one line each. Default <see cref="LogLevel.Information"/>; <see cref="LogLevel.None"/> for silence.</summary>
    public LogLevel RetryLogLevel { get; set; } = LogLevel.Information;

    /// <summary>How loudly it is logged that no attempt is left. Default <see cref="LogLevel.Error"/>; <see cref="LogLevel.None"/> for silence.</summary>
    public LogLevel ExhaustedLogLevel { get; set; } = LogLevel.Error;

    /// <summary>
    /// As boto3 does by default ("legacy" mode): 5 attempts, waits of up to 1, 2, 4 and 8 s. A new object at every call;
    /// unlike there, certificate errors are not retried.
    /// </summary>
    public static RetryOptions BotocoreLegacy => new()
    {
        MaxAttempts = 5,
        Delay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromDays(1),
        IsIdempotent = true,
    };

    /// <summary>
    /// As boto3 does in "standard" mode: 3 attempts, waits of up to 1, 2, 4 … 20 s, and a <see cref="RetryBudget"/> of its
    /// own: one object is one client. A new object at every call; unlike there, certificate errors are not retried.
    /// </summary>
    public static RetryOptions BotocoreStandard => new()
    {
        MaxAttempts = 3,
        Delay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromSeconds(20),
        IsIdempotent = true,
        Budget = new RetryBudget(),
    };

    /// <summary>
    /// As redis-py's pools did for long: once more, at once, when the connection was lost, but not when it was merely slow.
    /// A new object at every call.
    /// </summary>
    public static RetryOptions OnceOnConnectionError => new()
    {
        MaxAttempts = 2,
        Backoff = RetryBackoff.Fixed,
        Delay = TimeSpan.Zero,
        IsIdempotent = true,
        RetryOn = Retries.RetryRules.IsLostConnection,
    };

    /// <summary>
    /// As geventconnpool's <c>retry</c> does by default: for ever, without a pause, when the connection was lost. Give it a
    /// token. A new object at every call.
    /// </summary>
    public static RetryOptions UntilItSucceeds => new()
    {
        MaxAttempts = Unlimited,
        Backoff = RetryBackoff.Fixed,
        Delay = TimeSpan.Zero,
        IsIdempotent = true,
        RetryOn = FaultRules.AnyOf<System.Net.Sockets.SocketException, IOException>(),
    };

    internal RetryOptions Copy() => (RetryOptions)MemberwiseClone();
}
