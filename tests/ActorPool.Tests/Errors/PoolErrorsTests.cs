using ActorPool.Endpoints;
using ActorPool.Errors;

namespace ActorPool.Tests.Errors;

/// <summary>The words of every error: what happened, for how long, the numbers, and which option to look at.</summary>
public sealed class PoolErrorsTests
{
    static readonly IOException Refused = new("refused by\nthe other end");

    static readonly PoolOverview Overview = new()
    {
        Name = "orders",
        Health = PoolHealth.Failing,
        IsClosed = false,
        MinSize = 1,
        MaxSize = 9,
        Idle = 0,
        Leased = 4,
        Opening = 2,
        Probing = 1,
        Resetting = 0,
        Closing = 1,
        Waiting = 7,
        OldestWait = TimeSpan.FromSeconds(3),
        Acquired = 100,
        AcquiredAfterWait = 50,
        TimedOut = 5,
        Cancelled = 6,
        RepeatedReleases = 0,
        Opened = 20,
        OpensFailed = 3,
        Closed = new Dictionary<CloseReason, long>(),
        FailuresInARow = 3,
        NextAttemptIn = TimeSpan.FromMilliseconds(1_250),
    };

    static readonly PoolSnapshot Snapshot = new(
        Overview,
        [
            Connection(1, SlotState.Leased, seconds: 2, "order 17"),
            Connection(2, SlotState.Doomed, seconds: 61.5, "the nightly report"),
            Connection(3, SlotState.Opening, seconds: 99, null),
        ]);

    const string Numbers = "pool 'orders' (Failing): 4 leased, 0 idle, 2 opening, 2 in probe, reset or close, 7 waiting, max 9";

    [Fact]
    public void A_timeout_tells_the_wait_the_numbers_the_longest_holder_the_last_open_and_the_options()
    {
        var error = Create<AcquireTimeoutException>(PoolFailureReason.AcquireTimeout);

        Assert.Equal(
            $"No connection became free within 1.500 s: {Numbers}."
            + " Held longest: connection 2, for 61.500 s, by the nightly report; connection 1, for 2.000 s, by order 17."
            + " The last open failed: IOException: refused by the other end."
            + " Look at MaxSize and AcquireTimeout, and at who keeps leases.",
            error.Message);
        Assert.Same(Refused, error.InnerException);
    }

    [Fact]
    public void A_timeout_of_a_pool_whose_opens_do_not_fail_speaks_of_none()
    {
        var failure = new WaitFailure(PoolFailureReason.AcquireTimeout, Snapshot with { Connections = [] }, 20);

        var error = (AcquireTimeoutException)PoolErrors.Create(failure, CancellationToken.None);

        Assert.Equal(
            $"No connection became free within 0.020 s: {Numbers}. Look at MaxSize and AcquireTimeout, and at who keeps leases.",
            error.Message);
        Assert.Null(error.InnerException);
    }

    [Theory]
    [InlineData(249, false)]
    [InlineData(250, true)]
    public void A_timeout_speaks_of_timers_that_ran_late(long lateMs, bool tells)
    {
        var failure = new WaitFailure(PoolFailureReason.AcquireTimeout, Snapshot, 20, TimersLateMs: lateMs);

        var message = PoolErrors.Create(failure, CancellationToken.None).Message;

        Assert.Equal(tells, message.Contains("Timers ran up to 0.250 s late", StringComparison.Ordinal));
    }

    [Fact]
    public void Unavailable_tells_how_many_opens_failed_the_last_the_next_and_the_option()
    {
        var error = Create<EndpointUnavailableException>(PoolFailureReason.Unavailable);

        Assert.Equal(
            "The endpoint of pool 'orders' is unavailable: 3 opens in a row have failed."
            + " The last open failed: IOException: refused by the other end."
            + $" The next attempt is in 1.250 s; {Numbers}."
            + " Acquires fail at once until an open succeeds (UnavailableAfter).",
            error.Message);
        Assert.Equal(TimeSpan.FromMilliseconds(1_250), error.NextAttemptIn);
        Assert.Same(Refused, error.InnerException);
    }

    [Theory]
    [InlineData(OpenFailureKind.Credentials)]
    [InlineData(OpenFailureKind.Certificate)]
    [InlineData(OpenFailureKind.Configuration)]
    public void What_waiting_does_not_cure_tells_its_kind_and_the_next_attempt(OpenFailureKind kind)
    {
        var error = Create<ConnectFailedException>(PoolFailureReason.ConnectFailed, kind);

        Assert.Equal(
            $"Pool 'orders' cannot open connections, and waiting does not cure it ({kind})."
            + " The last open failed: IOException: refused by the other end. The next attempt is in 1.250 s.",
            error.Message);
        Assert.Equal(kind, error.Kind);
        Assert.Same(Refused, error.InnerException);
    }

    [Fact]
    public void Closed_tells_whether_somebody_waited()
    {
        Assert.Equal(
            "Pool 'orders' is closed; it was closed after a wait of 1.500 s.",
            Create<PoolClosedException>(PoolFailureReason.Closed).Message);
        Assert.Equal(
            "Pool 'orders' is closed.",
            PoolErrors.Create(new WaitFailure(PoolFailureReason.Closed, Snapshot), CancellationToken.None).Message);
    }

    [Fact]
    public void Cancelled_tells_the_wait_and_carries_the_callers_token()
    {
        using var source = new CancellationTokenSource();

        var error = PoolErrors.Create(new WaitFailure(PoolFailureReason.Cancelled, Snapshot, 1_500), source.Token);

        Assert.Equal("The wait for a connection of pool 'orders' was cancelled after 1.500 s.", error.Message);
        Assert.Equal(source.Token, Assert.IsType<OperationCanceledException>(error).CancellationToken);
    }

    [Fact]
    public void A_defect_of_ours_says_so()
    {
        var error = Create<PoolException>(PoolFailureReason.SupervisorFailed);

        Assert.Contains("This is a defect in ActorPool", error.Message, StringComparison.Ordinal);
        Assert.Same(Refused, error.InnerException);
    }

    [Fact]
    public void An_open_that_took_too_long_names_its_limit_and_what_it_covers()
    {
        var error = PoolErrors.ConnectTimeout("orders", 12, 1_500);

        Assert.Equal(
            "Connection 12 of pool 'orders' was not open within 1.500 s (ConnectTimeout)."
            + " The limit covers name, socket, TLS and login together.",
            error.Message);
        Assert.Equal(("orders", PoolFailureReason.ConnectTimeout), (error.PoolName, error.Reason));
        Assert.Null(error.Snapshot);
    }

    static TError Create<TError>(PoolFailureReason reason, OpenFailureKind kind = OpenFailureKind.Transient)
        where TError : PoolException
    {
        var error = Assert.IsType<TError>(
            PoolErrors.Create(new WaitFailure(reason, Snapshot, 1_500, Refused, kind), CancellationToken.None));
        Assert.Equal(("orders", reason), (error.PoolName, error.Reason));
        Assert.Same(Snapshot, error.Snapshot);
        return error;
    }

    static ConnectionSnapshot Connection(long id, SlotState state, double seconds, object? holder) => new()
    {
        ConnectionId = id,
        State = state,
        Age = TimeSpan.FromMinutes(5),
        InState = TimeSpan.FromSeconds(seconds),
        UseCount = 1,
        Leases = state is SlotState.Leased or SlotState.Doomed
            ? [new LeaseSnapshot { ConnectionId = id, Held = TimeSpan.FromSeconds(seconds), HolderObject = holder }]
            : [],
    };
}
