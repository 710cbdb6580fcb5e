using System.Diagnostics;
using ActorPool.Benchmarks.Budgeting;
using ActorPool.Benchmarks.Candidates;
using ActorPool.TestKit;

namespace ActorPool.Benchmarks.Allocating;

/// <summary>What is weighed, on virtual time and one thread, so that the figure is the same every time.</summary>
static class AllocationCases
{
    const int Size = 8;

    static readonly TimeSpan KeepaliveInterval = TimeSpan.FromMinutes(1);
    static readonly Endpoint Host = new("db.internal", 5432);

    public static IReadOnlyList<AllocationCase> All { get; } =
    [
        new("acquire + release, one is idle", Hit, BytesMax: 0),
        new("try to acquire + release", Try, BytesMax: 0),
        new("acquire with a timeout and a token + release", Cancellable, BytesMax: 0),
        new("use (the callback given a state)", Use, BytesMax: 0),
        new("acquire by message + release", Ask, BytesMax: 200),
        new("acquire in a scope + release", Scope, BytesMax: 0),
        new("acquire + release under a budget's deadline", Deadline, BytesMax: 0),
        new("acquire from a directory + release", Directory, BytesMax: 0),
        new("acquire from a replica group + release", Group, BytesMax: 0),
        new("a wait that a release ends", HandOff, BytesMax: 0),
        new("a wait that its token ends", Cancelled, Varies: true),
        new("a wait that times out", TimedOut),
        new("one connection closed and another opened", Replace),
        new("a keepalive probe", Keepalive, Operations: Size),
        new("a snapshot of 8 connections", Snapshot),
    ];

    static Action Hit(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        return () => Take(pool.AcquireAsync()).Dispose();
    }

    static Action Try(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        return () =>
        {
            pool.TryAcquire(out var lease);
            lease.Dispose();
        };
    }

    static Action Cancellable(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        var cancellation = new CancellationTokenSource();
        return () => Take(pool.AcquireAsync(TimeSpan.FromSeconds(1), cancellation.Token)).Dispose();
    }

    static Action Use(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        return () => Take(pool.UseAsync(static (_, _) => new ValueTask<int>(1)));
    }

    static Action Ask(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        return () => Take(pool.Ref.Ask(new AcquireLease())).Lease.Dispose();
    }

    static Action Scope(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        var scope = new LeaseScope("request");
        return () => Take(pool.AcquireAsync(new AcquireLease(Holder: scope))).Dispose();
    }

    static Action Deadline(VirtualRuntime world)
    {
        var connector = NewConnector();
        var pool = ConnectionPool.Create(connector, new PoolOptions { MinSize = Size, MaxSize = Size, Budget = new DeadlineBudget(Size, world.Runtime) }, world.Runtime);
        world.Run();
        return () => Take(pool.AcquireAsync()).Dispose();
    }

    static Action Directory(VirtualRuntime world)
    {
        var directory = new PoolDirectory<IdleConnection>(
            static _ => NewConnector(), new PoolDirectoryOptions { Pool = { MinSize = Size, MaxSize = Size } }, world.Runtime);
        directory.GetPool(Host);
        world.Run();
        return () => Take(directory.AcquireAsync(Host)).Dispose();
    }

    static Action Group(VirtualRuntime world)
    {
        var group = new ReplicaGroup<IdleConnection>(
            static _ => NewConnector(),
            [Host, new Endpoint("standby.internal", 5432)],
            new ReplicaGroupOptions<IdleConnection> { Pool = { MinSize = Size, MaxSize = Size } },
            world.Runtime);
        world.Run();
        return () => Take(group.AcquireAsync()).Dispose();
    }

    static Action HandOff(VirtualRuntime world)
    {
        var pool = Open(world, size: 1);
        var lease = Take(pool.AcquireAsync());
        return () =>
        {
            var waiting = pool.AcquireAsync();
            lease.Dispose();
            world.Run();
            lease = Take(waiting);
        };
    }

    static Action Cancelled(VirtualRuntime world)
    {
        var pool = Open(world, size: 1);
        _ = Take(pool.AcquireAsync());
        return () =>
        {
            using var cancellation = new CancellationTokenSource();
            var waiting = pool.Ref.Ask(new AcquireLease(), cancellation.Token);
            cancellation.Cancel();
            world.Run();
            Debug.Assert(Take(waiting).Failure is OperationCanceledException, "its token ended it");
        };
    }

    static Action TimedOut(VirtualRuntime world)
    {
        var pool = Open(world, size: 1);
        _ = Take(pool.AcquireAsync());
        return () =>
        {
            var waiting = pool.Ref.Ask(new AcquireLease(Timeout: TimeSpan.FromMilliseconds(1)));
            world.Advance(TimeSpan.FromMilliseconds(2));
            Debug.Assert(Take(waiting).Failure is AcquireTimeoutException, "its time was over");
        };
    }

    static Action Replace(VirtualRuntime world)
    {
        var pool = Open(world, size: 1);
        return () =>
        {
            _ = pool.EvictAsync();
            world.Run();
            Debug.Assert(pool.Snapshot().Idle == 1, "its successor is open");
        };
    }

    static Action Keepalive(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        Debug.Assert(pool.Snapshot().Idle == Size, "all are open");
        return () => world.Advance(KeepaliveInterval);
    }

    static Action Snapshot(VirtualRuntime world)
    {
        var pool = Open(world, Size);
        return () => pool.Snapshot();
    }

    static ConnectionPool<IdleConnection> Open(VirtualRuntime world, int size)
    {
        var pool = ConnectionPool.Create(
            NewConnector(),
            new PoolOptions
            {
                MinSize = size,
                MaxSize = size,
                KeepaliveInterval = KeepaliveInterval,
                MaxLifetime = Timeout.InfiniteTimeSpan,
            },
            world.Runtime);
        world.Run();
        return pool;
    }

    static IConnector<IdleConnection> NewConnector() => Connector.Create(
        open: static (_, _) => new ValueTask<IdleConnection>(new IdleConnection()),
        probe: static (_, _) => default);

    static T Take<T>(ValueTask<T> done) =>
        done.IsCompleted ? done.GetAwaiter().GetResult() : throw new InvalidOperationException("It should have been over by now.");
}
