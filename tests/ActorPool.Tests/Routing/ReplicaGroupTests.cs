using ActorPool.Diagnostics;
using ActorPool.TestKit;
using ActorPool.Tests.Net;

namespace ActorPool.Tests.Routing;

/// <summary>A group is a pool: what callers of a pool expect of it.</summary>
public sealed class ReplicaGroupTests : ReplicaGroupTest
{
    static readonly string[] Both = [A, B];

    [Fact]
    public void The_snapshot_is_the_sum_of_the_members_and_counts_each_acquire_once()
    {
        var group = CreateWarm(Both, options => options.Pool.MaxSize = 1);
        var leases = new[] { Acquire(group), Acquire(group) };
        var waiting = Begin(group);
        World.Advance(Seconds(1));

        var snapshot = group.Snapshot();
        Assert.Equal("replicas", snapshot.Name);
        Assert.True(snapshot is { Leased: 2, Idle: 0, MaxSize: 2, MinSize: 2, Waiting: 1, Acquired: 2, Opened: 2 }, snapshot.ToString());
        Assert.Equal(Seconds(1), snapshot.OldestWait);
        Assert.Equal(2, snapshot.Connections.Count);
        leases[0].Dispose();
        World.Run();

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.True(group.Snapshot() is { Leased: 2, Waiting: 0, Acquired: 3, AcquiredAfterWait: 1, Cancelled: 0, TimedOut: 0 });
        waiting.Result.Dispose();
        leases[1].Dispose();
    }

    [Fact]
    public void A_group_is_as_healthy_as_its_healthiest_member()
    {
        Member(A).Opens.Always(Refused);
        var group = CreateWarm(Both);
        Assert.Equal(PoolHealth.Healthy, group.Snapshot().Health);
        Assert.Null(group.Snapshot().LastOpenError);

        Member(B).Opens.Always(Refused);
        Member(B).Condemn(Member(B).Open[0], new IOException("gone"));
        World.Run();

        Assert.Equal(PoolHealth.Failing, group.Snapshot().Health);
        Assert.Contains("refused", group.Snapshot().LastOpenError, StringComparison.Ordinal);
        Assert.NotNull(group.Snapshot().NextAttemptIn);
    }

    [Fact]
    public void An_acquire_whose_lease_is_revoked_before_it_hears_of_it_is_served_all_the_same()
    {
        var group = Create([A]);
        var acquire = group.AcquireAsync().AsTask();
        while (group.Snapshot().Leased == 0)
        {
            Assert.True(World.Dispatcher.RunOne());
        }

        Assert.False(acquire.IsCompleted);
        _ = group.ExecuteAsync(new EvictConnections(EvictMode.Hard));
        World.Run();

        Assert.Equal(2, acquire.Result.ConnectionId);
        acquire.Result.Dispose();
    }

    [Fact]
    public void A_group_does_not_evict_one_connection_by_number_since_each_member_has_one_of_that_number()
    {
        var group = CreateWarm(Both);

        var evicted = group.EvictConnectionAsync(1);
        World.Run();

        Assert.Contains("own pool", Assert.IsType<ArgumentException>(evicted.Exception!.InnerException).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(group.Snapshot().Closed, closed => closed.Value > 0);
    }

    [Fact]
    public void An_acquire_for_a_holder_that_ends_is_cancelled_and_not_told_that_nobody_can_serve()
    {
        var group = CreateWarm(Both, options => options.Pool.MaxSize = 1);
        var leases = new[] { Acquire(group), Acquire(group) };
        var scope = new LeaseScope("a request");
        var acquire = Begin(group, new ReplicaRequest(Holder: scope));

        scope.Dispose();
        World.Run();

        Failure<OperationCanceledException>(acquire);
        Array.ForEach(leases, lease => lease.Dispose());
    }

    [Fact]
    public void An_ask_names_its_holder_and_answers_with_values()
    {
        var group = CreateWarm(Both, options => options.Pool.MaxSize = 1);

        var reply = Ask(new AcquireLease(Holder: "order 17"));
        Assert.True(reply.IsSuccess);
        Assert.Equal("order 17", Assert.Single(group.Snapshot().Connections, one => one.State == SlotState.Leased).Holder);
        Assert.Equal(0, group.Snapshot().AcquiredAfterWait);
        Assert.True(Ask(new AcquireLease()).IsSuccess);
        Assert.IsType<AcquireTimeoutException>(Ask(new AcquireLease(Timeout: TimeSpan.Zero)).Failure);
        Assert.Equal("ref of pool 'replicas'", group.Ref.ToString());

        LeaseReply<ReplicaConnection> Ask(AcquireLease request)
        {
            var ask = group.Ref.Ask(request).AsTask();
            World.Run();
            return ask.Result;
        }
    }

    [Fact]
    public void A_fault_in_UseAsync_condemns_the_connection_and_a_harmless_error_does_not()
    {
        Member(A).Harmless = error => error is FormatException;
        var group = CreateWarm([A]);

        foreach (Exception error in new Exception[] { new FormatException("harmless"), new IOException("reset") })
        {
            var use = group.UseAsync<object, int>((_, _, _) => throw error, error).AsTask();
            World.Run();
            Assert.Same(error, Failure<Exception>(use));
            Assert.Equal(error is IOException ? 1 : 0, Member(A).Closed.Count);
        }
    }

    [Fact]
    public void A_drained_group_refuses_those_who_wait_and_those_who_come()
    {
        var group = CreateWarm(Both, options => options.Pool.MaxSize = 1);
        var leases = new[] { Acquire(group), Acquire(group) };
        var waiting = Begin(group);

        _ = group.DrainAsync();
        World.Run();

        Assert.Contains("replica group 'replicas' is closed", Failure<PoolClosedException>(waiting).Message, StringComparison.OrdinalIgnoreCase);
        Failure<PoolClosedException>(Begin(group));
        Failure<PoolClosedException>(Begin(group, new ReplicaRequest(Timeout: TimeSpan.Zero)));
        Assert.False(group.TryAcquire(out _));
        Assert.True(group.Snapshot().IsClosed);
        Assert.All(leases, lease => Assert.True(lease.IsActive));
        Array.ForEach(leases, lease => lease.Dispose());
        World.Run();
        Assert.Equal(0, group.Snapshot().Size);
    }

    [Fact]
    public void All_problems_of_the_options_are_reported_together()
    {
        var error = Assert.Throws<ArgumentException>(() => Create([A, "A:1"], options =>
        {
            options.Strategy = (RoutingStrategy)99;
            options.PanicThreshold = 2;
            options.MaxEjectedShare = double.NaN;
            options.HedgeDelay = TimeSpan.Zero;
            options.MaxEjectionTime = Seconds(1);
            options.EjectAfterFaults = -1;
            options.Pool.MaxSize = 0;
            options.Role = TargetRole.Primary;
        }));

        Assert.All(
            [
                "'a:1' is given twice", "Strategy is 99", "PanicThreshold is 2", "MaxEjectedShare is NaN", "HedgeDelay is 00:00:00",
                "MaxEjectionTime (00:00:01) is below", "EjectAfterFaults is -1", "Pool.MaxSize is 0", "RoleProbe is null",
            ],
            problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
        Assert.Contains("no endpoints", Assert.Throws<ArgumentException>(() => Create([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factory_that_throws_for_one_member_leaves_no_others_behind()
    {
        Assert.Throws<InvalidOperationException>(() => new ReplicaGroup<ReplicaConnection>(
            target => target.Address.Host == "b" ? throw new InvalidOperationException("no way") : Member(A),
            [new Endpoint("a", 1), new Endpoint("b", 1)],
            new ReplicaGroupOptions<ReplicaConnection> { Pool = { MinSize = 1 } },
            World.Runtime));

        World.Advance(Seconds(10));
        Assert.Empty(Member(A).Open);
    }

    [Fact]
    public async Task A_blocking_acquire_is_served_and_times_out()
    {
        await using var group = new ReplicaGroup<ReplicaConnection>(
            target => new ScriptedConnector<ReplicaConnection>(context => new ReplicaConnection(target.ToString(), context.ConnectionId)),
            [new Endpoint("a", 1)],
            new ReplicaGroupOptions<ReplicaConnection> { Pool = { MaxSize = 1 } });

        var lease = group.Acquire();
        Assert.Throws<AcquireTimeoutException>(() => group.Acquire(Ms(30)));
        Assert.Throws<AcquireTimeoutException>(() => group.Acquire(TimeSpan.Zero));
        lease.Dispose();
        group.Acquire(Seconds(30)).Dispose();
        Assert.Equal(1, group.Snapshot().TimedOut);
    }

    [Fact]
    public void Calls_are_tried_again_as_the_last_reconfiguration_says()
    {
        var group = Create([A], options => options.Pool.Retry = Retry(maxAttempts: 3));
        Assert.Equal(3, Attempts());

        _ = group.ReconfigureAsync(new PoolOptions { Retry = Retry(maxAttempts: 2) });
        World.Run();
        Assert.Equal(2, Attempts());

        int Attempts()
        {
            var attempts = 0;
            var use = group.UseAsync((_, _) =>
            {
                attempts++;
                return ValueTask.FromException<int>(new IOException("broken pipe"));
            }).AsTask();
            World.Advance(Seconds(1));
            Assert.True(use.IsFaulted);
            return attempts;
        }

        static RetryOptions Retry(int maxAttempts) => new() { MaxAttempts = maxAttempts, Delay = Ms(10), IsIdempotent = true };
    }

    [Fact]
    public void What_happens_to_members_is_logged()
    {
        using var logger = new ListLogger();
        var write = new EventLog(logger.CreateLogger("test")).Write;
        write(new ReplicaEjected("p", "g", 5, 30_000, 2));
        write(new ReplicaReturned("p", "g"));
        write(new ReplicaRoleChanged("p", "g", ReplicaRole.Standby, ReplicaRole.Primary));
        write(new ReplicasChanged("g", ["x"], ["y"]));
        write(new LookupFailed("g", new IOException("SERVFAIL")));
        write(new PoolPutOut("p", "d", 100, 1));

        Assert.Equal([701, 702, 703, 704, 705, 700], logger.Entries.Select(entry => entry.Id.Id));
        Assert.Contains("for 30.000 s, after 5 faults in a row", logger.Entries.First().Message, StringComparison.Ordinal);
    }
}
