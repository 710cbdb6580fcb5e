using System.Diagnostics;
using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Endpoints;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Races that were found by reading, each made to happen.</summary>
[Collection(RealThreads.Name)]
public sealed class RaceTests : VirtualPoolTest
{
    [Fact]
    public void A_lease_that_is_cut_before_its_caller_took_it_fails_the_acquire_and_hangs_nobody()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var acquire = pool.AcquireAsync();
        lease.Dispose();
        Assert.True(acquire.IsCompleted, "the release grants the lease");

        _ = pool.DrainAsync(TimeSpan.Zero);
        World.Advance(Ms(1));

        Assert.True(acquire.IsCompleted, "what is over must stay over");
        Failure<PoolClosedException>(acquire.AsTask());
    }

    [Fact]
    public void A_lease_that_is_cut_while_its_awaiter_is_on_its_way_fails_the_acquire()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var acquire = pool.AcquireAsync().AsTask();
        lease.Dispose();

        // The awaiter's continuation waits in the dispatcher; the drain's deadline comes first.
        var drain = pool.DrainAsync(TimeSpan.Zero);
        World.Time.Advance(Ms(1));
        World.Run();

        Assert.True(drain.IsCompletedSuccessfully);
        Assert.True(acquire.IsCompleted);
        Assert.True(acquire.IsFaulted || !acquire.Result.IsActive);
    }

    [Fact]
    public void A_value_task_that_is_asked_for_its_result_too_early_says_so_and_loses_nothing()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var acquire = pool.AcquireAsync();

        Assert.Throws<InvalidOperationException>(() => acquire.GetAwaiter().GetResult());

        lease.Dispose();
        acquire.GetAwaiter().GetResult().Dispose();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_value_task_refuses_a_second_awaiter()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var acquire = pool.AcquireAsync();
        var first = acquire.AsTask();

        Assert.Throws<InvalidOperationException>(() => acquire.GetAwaiter().OnCompleted(() => { }));

        lease.Dispose();
        World.Run();
        first.Result.Dispose();
        Assert.Throws<InvalidOperationException>(() => acquire.IsCompleted);
    }

    [Fact]
    public async Task Two_who_dispose_one_lease_at_once_have_its_connection_looked_at_once()
    {
        var looking = 0;
        var overlaps = 0;
        var holders = new int[2];
        await using var pool = ConnectionPool.Create(
            new ScriptedConnector<ScriptedConnection>(static context => new ScriptedConnection(context.ConnectionId))
            {
                Steps = ConnectorSteps.Return,
                Returns = _ =>
                {
                    overlaps += Interlocked.Increment(ref looking) == 1 ? 0 : 1;
                    Thread.SpinWait(20);
                    overlaps += Volatile.Read(ref holders[0]);
                    Interlocked.Decrement(ref looking);
                    return true;
                },
            },
            new PoolOptions { MaxSize = 1 },
            new PoolRuntime());
        for (var round = 0; round < 20_000; round++)
        {
            var lease = await pool.AcquireAsync();
            var go = 0;
            var other = Task.Run(() =>
            {
                Volatile.Write(ref go, 1);
                lease.Dispose();
            });
            // at once if it has a core, and without holding up one that waits for this one's
            var spinning = default(SpinWait);
            while (Volatile.Read(ref go) == 0)
            {
                spinning.SpinOnce(sleep1Threshold: -1);
            }

            lease.Dispose();
            using (await pool.AcquireAsync())
            {
                Volatile.Write(ref holders[0], 1);
                await other;
                Volatile.Write(ref holders[0], 0);
            }
        }

        Assert.Equal(0, overlaps);
        Assert.Equal(20_000, pool.Snapshot().RepeatedReleases);
    }

    [Fact]
    public void The_idle_timer_is_not_lost_when_it_fires_during_a_probe()
    {
        Connector.Probes.Always(StepPlan.After(Ms(200)));
        var pool = Create(options => { options.KeepaliveInterval = Seconds(1); options.IdleTimeout = Ms(1500); });
        Acquire(pool).Dispose();

        World.Advance(Seconds(3));

        Assert.Equal(0, pool.Snapshot().Size);
        Assert.Equal(CloseReason.IdleTimeout, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void What_opens_after_its_time_is_counted_as_opened_and_closed()
    {
        Connector.Opens.Next(StepPlan.HangDeaf);
        var pool = Create(options => options.ConnectTimeout = Seconds(1));
        _ = BeginAcquire(pool, Ms(500));
        World.Advance(Seconds(1));

        Connector.ReleaseHung();
        World.Run();

        Assert.Equal(1, pool.Snapshot().Opened);
        Assert.Equal(1, pool.Snapshot().Closed[CloseReason.OpenedTooLate]);
    }

    [Fact]
    public async Task An_actor_that_fails_has_one_owner_however_busy_its_parent_is()
    {
        var system = new PoolRuntime().System;
        var inside = 0;
        var overlaps = 0;
        var parent = new Actors.Probe(system, (Actors.Probe self, in Actors.Note _) => Thread.SpinWait(10));
        var child = new Actors.Probe(system, (Actors.Probe self, in Actors.Note note) =>
        {
            overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref inside);
            if (note.Number % 1000 == 999)
            {
                throw new InvalidOperationException();
            }
        });
        parent.OnChildFailed = (_, _) => SupervisorDirective.Restart;
        child.OnRestart = _ =>
        {
            overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref inside);
        };
        parent.Adopt(child);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(
            Task.Run(() => Tell(parent)),
            Task.Run(() => Tell(child)),
            Task.Run(() => Tell(child)));

        Assert.Equal(0, overlaps);

        void Tell(Actors.Probe actor)
        {
            for (var number = 0; watch.Elapsed < TimeSpan.FromSeconds(2); number++)
            {
                actor.Tell(new Actors.Note(0, number));
            }
        }
    }

    [Fact]
    public void A_supervisor_whose_turn_throws_answers_everybody_and_goes_on()
    {
        var pool = Create(options => { options.MaxSize = 2; options.MinSize = 1; });
        var lease = Acquire(pool);
        _ = Acquire(pool);
        var waiter = BeginAcquire(pool);

        // What cannot happen: a connection reports a second time that it has opened.
        var report = EndpointMessage.Command(EndpointRequest.Opened, new OpenResult(new object()));
        report.Seat = lease.Seat;
        report.Number = lease.ConnectionId;
        pool.Supervisor.Tell(report);
        World.Run();

        Assert.Equal(PoolFailureReason.SupervisorFailed, Failure<PoolException>(waiter).Reason);
        Assert.False(lease.IsActive);
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.ActorFailed, closed.Reason));
        Acquire(pool).Dispose();
        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
    }

    [Fact]
    public void A_warm_up_that_lacks_grants_ends_although_its_supervisor_was_restarted()
    {
        var budget = new ConnectionBudget(1, World.Runtime);
        var pool = Create(options => (options.Budget, options.ConnectTimeout) = (budget, Seconds(5)));
        var warmed = pool.WarmUpAsync(2);
        World.Run();
        var lease = Acquire(pool);
        var report = EndpointMessage.Command(EndpointRequest.Opened, new OpenResult(new object()));
        report.Seat = lease.Seat;
        report.Number = lease.ConnectionId;
        pool.Supervisor.Tell(report);

        World.Advance(Seconds(12));

        Assert.Equal(CloseReason.ActorFailed, Connector.Closed[0].Reason);
        Assert.Equal(1, Done(warmed).Granted);
    }
}
