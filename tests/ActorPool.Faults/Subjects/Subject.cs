using ActorPool.TestKit;

namespace ActorPool.Faults.Subjects;

/// <summary>A column of the matrix: a server, and how a pool of connections to it is made and used.</summary>
abstract class Subject : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>Whether it is one that is known to be broken, to show that the matrix sees it.</summary>
    public bool IsControl => this is NaiveSubject;

    /// <summary>How long a call may go on after it was cancelled.</summary>
    public virtual TimeSpan CancelsWithin => TimeSpan.Zero;

    /// <summary>How many connections each pool has, always.</summary>
    public static int Size => 8;

    /// <summary>The server's port on 127.0.0.1.</summary>
    public abstract int Port { get; }

    /// <summary>A pool of connections that go through a proxy.</summary>
    public abstract ISession Begin(FaultProxy proxy);

    public abstract ValueTask DisposeAsync();

    /// <summary>Always full, probed often enough that dead connections are found while the test lasts.</summary>
    protected static PoolOptions Options(string name) => new()
    {
        Name = name,
        MinSize = Size,
        MaxSize = Size,
        AcquireTimeout = TimeSpan.FromSeconds(2),
        ConnectTimeout = TimeSpan.FromSeconds(1),
        KeepaliveInterval = TimeSpan.FromMilliseconds(250),
        KeepaliveTimeout = TimeSpan.FromMilliseconds(400),
        ResetTimeout = TimeSpan.FromMilliseconds(400),
        CloseTimeout = TimeSpan.FromMilliseconds(500),
        DrainTimeout = TimeSpan.FromSeconds(2),
        ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Max = TimeSpan.FromMilliseconds(100) },
    };
}
