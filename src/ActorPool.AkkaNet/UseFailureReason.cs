namespace ActorPool.AkkaNet;

/// <summary>Why a <see cref="UseLease"/> failed, for programs.</summary>
public enum UseFailureReason
{
    /// <summary>The request makes no sense: a name is missing, or the time limit is out of range.</summary>
    InvalidRequest = 0,

    /// <summary>No node that is up and can be reached has such a pool with such a handler, in the role that was asked for.</summary>
    NoNode,

    /// <summary>The node that had it became unreachable, or left the cluster, before it answered.</summary>
    NodeLost,

    /// <summary>The time limit has passed.</summary>
    TimedOut,

    /// <summary>The pool had no connection for it, or lost it: <see cref="UseFailed.PoolReason"/> says why.</summary>
    PoolFailed,

    /// <summary>The handler threw.</summary>
    HandlerFailed,

    /// <summary>Payload or result cannot be written, read or sent, or the payload is not what the handler takes.</summary>
    PayloadRefused,
}
