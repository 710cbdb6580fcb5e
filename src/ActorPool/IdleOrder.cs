namespace ActorPool;

/// <summary>Which idle connection is handed out next.</summary>
public enum IdleOrder
{
    /// <summary>The one returned last: the rest can go idle and be closed. What most pools do.</summary>
    Lifo = 0,

    /// <summary>The one returned first: all are used in turn.</summary>
    Fifo,
}
