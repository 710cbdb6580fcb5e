using System.Globalization;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Sequences that were thought of before they happened to anybody: each was a defect.</summary>
public sealed class ReviewedTests : VirtualPoolTest
{
    [Fact]
    public void A_provider_whose_answers_are_due_already_is_not_asked_in_a_loop()
    {
        var asked = 0;
        var pool = Create(options =>
        {
            options.MinSize = 1;
            options.Credentials = CredentialProvider.Create((_, _) =>
            {
                asked++;
                return ValueTask.FromResult(new Credentials("app", "same", World.Time.GetUtcNow() - Seconds(1)));
            });
        });

        World.Advance(Seconds(60));

        Assert.InRange(asked, 2, 8);
        Assert.Empty(Connector.Closed);
        _ = pool;
    }

    [Fact]
    public void A_provider_that_never_answers_a_renewal_is_asked_again()
    {
        var asked = 0;
        var pool = Create(options =>
        {
            options.MinSize = 1;
            options.Credentials = CredentialProvider.Create((_, _) => ++asked == 2
                ? new ValueTask<Credentials>(new TaskCompletionSource<Credentials>().Task)
                : ValueTask.FromResult(new Credentials("app", "same", World.Time.GetUtcNow() + Seconds(5))));
        });

        World.Advance(Seconds(40));

        Assert.True(asked > 2);
        _ = pool;
    }

    [Fact]
    public void Credentials_that_are_rejected_are_asked_for_again_before_their_time()
    {
        var password = 1;
        Connector.Kinds = static _ => OpenFailureKind.Credentials;
        var pool = Create(options =>
        {
            options.ReconnectBackoff.Max = Seconds(2);
            options.Credentials = CredentialProvider.Create((_, _) => ValueTask.FromResult(
                new Credentials("app", password.ToString(CultureInfo.InvariantCulture), World.Time.GetUtcNow() + Seconds(3600))));
        });
        var asked = new List<string?>();
        Connector.Opens.Next(StepPlan.Fail(new InvalidOperationException("password authentication failed")));
        Failure<ConnectFailedException>(BeginAcquire(pool));

        password = 2;
        World.Advance(Seconds(3));

        using var lease = Acquire(pool);
        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
        _ = asked;
    }

    [Fact]
    public void A_waiter_behind_one_whose_scope_has_ended_is_served_when_a_pause_ends()
    {
        using var scope = new LeaseScope("gone");
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 1; });
        Done(pool.PauseAsync());
        var ended = pool.AcquireAsync(new AcquireLease(Holder: scope)).AsTask();
        var waiter = BeginAcquire(pool);

        // The pool hears of the end of the scope after the end of the pause.
        scope.Dispose();
        var resumed = pool.ResumeAsync();
        World.Run();

        Assert.True(resumed.IsCompletedSuccessfully);
        Failure<OperationCanceledException>(ended);
        waiter.Result.Dispose();
    }

    [Fact]
    public void Who_waits_for_the_end_of_a_pause_gets_no_dead_connection()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reuse);
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 2; });
        Done(pool.PauseAsync());
        var waiter = BeginAcquire(pool);
        var asked = pool.Ref.Ask(new AcquireLease()).AsTask();
        World.Advance(Seconds(10));
        Connector.Kill(Connector.Open[0]);

        Done(pool.ResumeAsync());
        World.Run();

        Assert.Equal(2, waiter.Result.ConnectionId);
        waiter.Result.Dispose();
        Assert.True(asked.IsCompletedSuccessfully);
        asked.Result.Lease.Dispose();
    }

    [Fact]
    public void A_pool_of_shared_connections_is_not_exhausted_while_one_opens()
    {
        Connector.Opens.Always(StepPlan.After(Ms(10)));
        var pool = Create(options => { options.MaxSize = 2; options.MaxLeasesPerConnection = 10; options.WhenExhausted = WhenExhausted.Throw; });

        var acquires = Enumerable.Range(0, 20).Select(_ => BeginAcquire(pool)).ToList();
        Failure<PoolExhaustedException>(BeginAcquire(pool));
        World.Advance(Ms(20));

        acquires.ForEach(acquire => acquire.Result.Dispose());
    }

    [Fact]
    public void A_connection_that_is_handed_in_counts_as_opened_with_the_newest_credentials()
    {
        var pool = Create(options => options.Credentials = CredentialProvider.Fixed("app", "s3cret"));
        var connection = Acquire(pool).Detach();

        Assert.True(pool.TryAttach(connection));
        World.Run();

        Assert.Same(connection, Acquire(pool).Connection);
    }

    [Fact]
    public void A_stale_connection_of_a_full_pool_is_replaced_however_many_wait()
    {
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 1; });
        var lease = Acquire(pool);
        Done(pool.ReconfigureAsync(new PoolOptions { Name = "test", MinSize = 1, MaxSize = 1 }));
        var waiter = BeginAcquire(pool);

        lease.Dispose();
        World.Run();

        Assert.Equal(2, waiter.Result.ConnectionId);
        waiter.Result.Dispose();
    }

    [Fact]
    public void A_shared_connection_that_is_stale_gets_no_further_leases_while_there_is_room()
    {
        var pool = Create(options => { options.MaxSize = 4; options.MaxLeasesPerConnection = 4; });
        using var lease = Acquire(pool);
        Done(pool.ReconfigureAsync(new PoolOptions { Name = "test", MaxSize = 4, MaxLeasesPerConnection = 4 }));

        using var next = Acquire(pool);

        Assert.NotEqual(lease.ConnectionId, next.ConnectionId);
    }

    [Fact]
    public void A_shared_connection_that_is_stale_and_gets_a_lease_for_want_of_room_is_full_when_it_is_full()
    {
        var pool = Create(options => { options.MaxSize = 1; options.MaxLeasesPerConnection = 3; });
        var lease = Acquire(pool);
        Done(pool.ReconfigureAsync(new PoolOptions { Name = "test", MaxSize = 1, MaxLeasesPerConnection = 3 }));
        var second = Acquire(pool);
        Done(pool.ResizeAsync(0, 2));

        Lease<ScriptedConnection>[] others = [Acquire(pool), Acquire(pool), Acquire(pool)];

        Assert.Equal(5, pool.Snapshot().Leases.Count());
        Assert.All([lease, second, .. others], each => Assert.True(each.IsActive));
        Assert.All([lease, second, .. others], each => each.Dispose());
    }

    [Fact]
    public void Those_who_wait_for_the_end_of_a_pause_are_not_failed_by_an_endpoint_that_is_down_meanwhile()
    {
        var pool = Create(options => { options.MinSize = 1; options.UnavailableAfter = Seconds(1); options.AcquireTimeout = Seconds(100); options.QueueTarget = Ms(10); });
        Done(pool.PauseAsync(Seconds(100)));
        var waiter = BeginAcquire(pool);
        Connector.Opens.Always(StepPlan.Fail(new IOException("failing over")));
        Done(pool.EvictAsync());

        World.Advance(Seconds(10));
        Assert.False(waiter.IsCompleted);
        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Seconds(30));
        Done(pool.ResumeAsync());

        Done(waiter).Dispose();
    }

    [Fact]
    public void A_lease_timeout_that_comes_with_a_reconfiguration_reaches_the_leases_that_are_out()
    {
        var pool = Create(options => options.MaxSize = 1);
        var leaked = Acquire(pool);
        World.Advance(Seconds(100));
        var waiter = BeginAcquire(pool, Seconds(30));

        Done(pool.ReconfigureAsync(new PoolOptions { Name = "test", MaxSize = 1, LeaseTimeout = Seconds(10) }));
        World.Run();

        Assert.False(leaked.IsActive);
        waiter.Result.Dispose();
    }

    [Fact]
    public void A_smaller_minimum_lets_go_of_what_was_idle_for_long()
    {
        var pool = Create(options => { options.MinSize = 10; options.MaxLifetime = Timeout.InfiniteTimeSpan; });
        World.Advance(Seconds(1000));
        Assert.Equal(10, pool.Snapshot().Idle);

        Done(pool.ResizeAsync(2, 16));
        World.Run();

        Assert.Equal(2, pool.Snapshot().Size);
    }

    [Fact]
    public void Trying_at_a_full_pool_opens_nothing_above_its_maximum()
    {
        var pool = Create(options => { options.MaxSize = 1; options.WhenExhausted = WhenExhausted.OpenTransient; });
        using var lease = Acquire(pool);

        Assert.False(pool.TryAcquire(out _));
        World.Run();

        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public void What_is_evicted_slowly_at_the_minimum_is_counted_as_evicted()
    {
        var pool = Create(options => { options.MinSize = 2; options.MaxSize = 4; });

        Done(pool.EvictAsync(over: Seconds(60)));
        World.Advance(Seconds(61));

        Assert.Equal([CloseReason.Evicted], pool.Snapshot().Closed.Keys);
        Assert.Equal(2, pool.Snapshot().Idle);
    }

    [Fact]
    public void Why_a_connection_goes_is_the_first_that_it_says_against_itself()
    {
        var pool = Create();
        using var lease = Acquire(pool);

        Connector.Condemn(lease.Connection, new IOException("the peer has closed it"));
        Connector.Condemn(lease.Connection, new ObjectDisposedException("what came of that"));
        World.Run();

        Assert.Contains("the peer has closed it", pool.Snapshot().Connections.Single().LastError, StringComparison.Ordinal);
    }
}
