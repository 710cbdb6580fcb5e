using System.Diagnostics;
using System.Transactions;
using ActorPool.Actors;
using ActorPool.TestKit;

namespace ActorPool.Tests.Actors;

/// <summary>The rules of dispatch (DESIGN §3a), each with a test that fails when the rule is broken.</summary>
[Collection(RealThreads.Name)]
public sealed class DispatchRulesTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly VirtualRuntime _world = new();

    [Fact]
    public void Rule_1_what_a_turn_sends_is_in_the_receivers_mailbox_before_the_turn_ends()
    {
        var system = _world.Runtime.System;
        var order = new List<int>();
        var receiver = new Probe(system, (Probe _, in Note note) => order.Add(note.Number));
        var sender = new Probe(system, (Probe self, in Note note) => self.SendTo(receiver, note));

        // The sender's mailbox is entered and freed twice with the first turn's effects held back in between, as when the
        // thread that ran it is taken off its core right after it freed the mailbox.
        var held = new List<EffectList>();
        sender.Post(new Note(0, 1));
        held.Add(sender.Fetch());
        sender.Post(new Note(0, 2));
        held.Add(sender.Fetch());
        for (var i = held.Count - 1; i >= 0; i--)
        {
            held[i].RunAll(_world.Dispatcher);
        }

        Assert.Equal([1, 2], order);
    }

    [Fact]
    public async Task Rule_1_holds_for_many_threads_that_take_the_senders_turns()
    {
        const int Messages = 200_000;
        var system = new PoolRuntime().System;
        var last = 0;
        var overtaken = 0;
        var done = new TaskCompletionSource();
        var receiver = new Probe(system, (Probe _, in Note note) =>
        {
            overtaken += note.Number == last + 1 ? 0 : 1;
            last = note.Number;
            if (last == Messages)
            {
                done.SetResult();
            }
        });
        var sent = 0;
        var sender = new Probe(system, (Probe self, in Note _) =>
        {
            if (sent < Messages)
            {
                self.SendTo(receiver, new Note(0, ++sent));
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Messages / 4; i++)
            {
                sender.Tell(default);
            }
        })));
        await done.Task.WaitAsync(Patience);

        Assert.Equal(0, overtaken);
    }

    [Fact]
    public void Rule_2_no_turn_runs_inside_another_however_long_two_actors_answer_each_other()
    {
        var system = _world.Runtime.System;
        var depth = 0;
        var depthMax = 0;
        var turns = 0;
        var frames = 0;
        Probe? ping = null;
        Probe? pong = null;
        void Answer(Probe self, in Note note)
        {
            depthMax = Math.Max(depthMax, ++depth);
            turns++;
            if (note.Number > 0)
            {
                self.SendTo(self == ping ? pong! : ping!, note with { Number = note.Number - 1 });
            }
            else
            {
                frames = new StackTrace().FrameCount;
            }

            depth--;
        }

        ping = new Probe(system, Answer);
        pong = new Probe(system, Answer);
        ping.Tell(new Note(0, 100_000));
        _world.Run();

        Assert.Equal(100_001, turns);
        Assert.Equal(1, depthMax);
        Assert.True(frames < 300, $"{frames} frames");
    }

    [Fact]
    public async Task Rule_3_connector_calls_carry_nobodys_execution_context()
    {
        var ambient = new AsyncLocal<string?>();
        var seen = new TaskCompletionSource<(string?, Activity?, Transaction?)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var probed = new TaskCompletionSource<(string?, Activity?, Transaction?)>(TaskCreationOptions.RunContinuationsAsynchronously);
        (string?, Activity?, Transaction?) Look() => (ambient.Value, Activity.Current, Transaction.Current);
        ambient.Value = "the caller's";
        using var activity = new Activity("the caller's").Start();
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        await using var pool = ConnectionPool.Create(
            Connector.Create<object>(
                open: (_, _) =>
                {
                    seen.TrySetResult(Look());
                    return new(new object());
                },
                probe: (_, _) =>
                {
                    probed.TrySetResult(Look());
                    return default;
                }),
            new PoolOptions { KeepaliveInterval = TimeSpan.FromMilliseconds(20) },
            new PoolRuntime());

        (await pool.AcquireAsync()).Dispose();

        Assert.Equal((null, null, null), await seen.Task.WaitAsync(Patience));
        Assert.Equal((null, null, null), await probed.Task.WaitAsync(Patience));
        Assert.Equal("the caller's", ambient.Value);
    }

    [Fact]
    public void Rule_4_a_cancellation_callback_posts_and_runs_no_turn()
    {
        var pool = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { MaxSize = 1 }, _world.Runtime);
        _world.Run();
        _ = pool.AcquireAsync().AsTask();
        _world.Run();
        using var cancellation = new CancellationTokenSource();
        var waiter = pool.AcquireAsync(cancellation.Token).AsTask();
        var ready = _world.Dispatcher.Count;

        cancellation.Cancel();

        Assert.False(waiter.IsCompleted);
        Assert.Equal(ready + 1, _world.Dispatcher.Count);
        _world.Run();
        Assert.True(waiter.IsCanceled);
    }

    [Fact]
    public void Rule_4_a_timer_posts_and_runs_no_turn()
    {
        var turns = 0;
        var actor = new Probe(_world.Runtime.System, (Probe self, in Note note) =>
        {
            turns++;
            if (note.Number == 0)
            {
                self.SetTimer(0, 5, new Note(0, 1));
            }
        });
        actor.Tell(default);

        _world.Time.Advance(TimeSpan.FromMilliseconds(5));

        Assert.Equal(1, turns);
        _world.Run();
        Assert.Equal(2, turns);
    }

    [Fact]
    public void Rule_4_posted_mail_waits_for_no_thread_if_a_sender_comes_by()
    {
        var order = new List<int>();
        var actor = new Probe(_world.Runtime.System, (Probe _, in Note note) => order.Add(note.Number));

        // The dispatcher does not run, as if the thread pool had no free thread.
        actor.Post(new Note(0, 1));
        actor.Tell(new Note(0, 2));

        Assert.Equal([1, 2], order);
        _world.Run();
        Assert.Equal([1, 2], order);
    }

    [Fact]
    public void Rule_5_subscribers_run_after_the_turn_and_what_they_throw_is_caught()
    {
        var system = _world.Runtime.System;
        var heard = new List<object>();
        var inTurn = false;
        using var bad = system.Events.Subscribe(_ => throw new InvalidOperationException("a subscriber's own"));
        using var good = system.Events.Subscribe(happened =>
        {
            Assert.False(inTurn);
            heard.Add(happened);
        });
        var actor = new Probe(system, (Probe _, in Note note) =>
        {
            inTurn = true;
            system.Events.Publish(note);
            inTurn = false;
        });

        actor.Tell(new Note(0, 1));
        actor.Tell(new Note(0, 2));
        Assert.Empty(heard);
        _world.Run();

        Assert.Equal([new Note(0, 1), new Note(0, 2)], heard.Cast<Note>());
    }

    [Fact]
    public async Task Rule_6_a_wait_resumes_in_the_context_it_was_awaited_in()
    {
        await using var pool = ConnectionPool.Create(
            Connector.Create<object>((_, _) => new(new object())), new PoolOptions { MaxSize = 1 }, new PoolRuntime());
        using var context = new SingleThreadContext();

        var (before, afterAwait, afterConfigured) = await context.Run(async () =>
        {
            var lease = await pool.AcquireAsync();
            var home = Environment.CurrentManagedThreadId;
            var pending = pool.AcquireAsync();
            Release(lease);
            var second = await pending;
            var resumed = Environment.CurrentManagedThreadId;
            pending = pool.AcquireAsync();
            Release(second);
            var third = await pending.ConfigureAwait(false);
            var elsewhere = Environment.CurrentManagedThreadId;
            third.Dispose();
            return (home, resumed, elsewhere);
        });

        Assert.Equal(before, afterAwait);
        Assert.NotEqual(before, afterConfigured);

        // Posted to the same thread: it comes when that thread is free, that is, when it waits.
        void Release(Lease<object> lease) => context.Post(_ => lease.Dispose(), null);
    }

    [Fact]
    public async Task Rule_8_TryAcquire_at_a_busy_mailbox_takes_its_turn_all_the_same()
    {
        await using var pool = ConnectionPool.Create(
            Connector.Create<object>((_, _) => new(new object())), new PoolOptions { MinSize = 8, MaxSize = 8 }, new PoolRuntime());
        await WaitUntil(() => pool.Snapshot().Idle == 8);
        using var stop = new CancellationTokenSource();
        var noise = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.True(pool.TryAcquire(out var lease));
                lease.Dispose();
            }
        })).ToList();

        // Four callers at most, eight connections: one is always free, however busy the mailbox.
        var misses = 0;
        for (var i = 0; i < 100_000; i++)
        {
            if (pool.TryAcquire(out var lease))
            {
                lease.Dispose();
            }
            else
            {
                misses++;
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(noise);
        Assert.Equal(0, misses);
    }

    [Fact]
    public void Rule_9_a_blocking_acquire_times_out_by_its_own_wait()
    {
        // Virtual time stands still: no timer of the pool's will fire.
        var pool = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { MaxSize = 1 }, _world.Runtime);
        _world.Run();
        _ = pool.AcquireAsync().AsTask();
        _world.Run();

        var error = Assert.Throws<AcquireTimeoutException>(() => pool.Acquire(TimeSpan.FromMilliseconds(50)));

        Assert.Equal(0, pool.Snapshot().Waiting);
        Assert.Equal(1, error.Snapshot!.Leased);
    }

    [Fact]
    public void Rule_9_an_error_says_when_timers_ran_late()
    {
        var pool = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { MaxSize = 1 }, _world.Runtime);
        _world.Run();
        _ = pool.AcquireAsync().AsTask();
        _world.Run();
        var waiter = pool.AcquireAsync(TimeSpan.FromMilliseconds(10)).AsTask();

        // The timer fires in time, and no thread has time for what it sends.
        _world.Time.Advance(TimeSpan.FromSeconds(3));
        _world.Run();

        var error = Assert.IsType<AcquireTimeoutException>(waiter.Exception!.InnerException);
        Assert.Contains("Timers ran up to 2.990 s late", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(2.99), error.Ledger.TimersLate);
        Assert.Equal(TimeSpan.Zero, error.Ledger.ClockLeapt);
    }

    static async Task WaitUntil(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, "it did not happen");
            await Task.Yield();
        }
    }
}
