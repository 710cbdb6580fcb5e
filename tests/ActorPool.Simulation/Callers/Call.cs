using System.Runtime.CompilerServices;
using ActorPool.Endpoints;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Callers;

/// <summary>One acquire, from the call to the moment at which its caller looks at the answer.</summary>
sealed class Call(int number, long beganMs, long timeoutMs, LeaseScope? scope)
{
    ValueTask<Lease<SimulatedConnection>> _lease;
    ValueTask<LeaseReply<SimulatedConnection>> _reply;
    ValueTask<bool> _use;
    Way _way;

    enum Way
    {
        Lease = 0,
        Reply,
        Use,
    }

    public int Number { get; } = number;

    public long BeganMs { get; } = beganMs;

    public long TimeoutMs { get; } = timeoutMs;

    /// <summary>Who it is for, if it has an end.</summary>
    public LeaseScope? Scope { get; } = scope;

    public CancellationTokenSource Cancellation { get; } = new();

    public bool IsCancelled { get; set; }

    /// <summary>How often it was answered; once is right.</summary>
    public int Answers { get; private set; }

    /// <summary>The last call that had begun when this one was in line: who came later stands behind it.</summary>
    public int LastCallBefore { get; private set; }

    /// <summary>Its place in the pool's line, where that can be told from outside.</summary>
    public Waiter? Waiter { get; private set; }

    public void Await(ValueTask<Lease<SimulatedConnection>> answer, int lastCall)
    {
        _lease = answer;
        Waiter = Source(ref _lease) as Waiter;
        Follow(answer, lastCall);
    }

    public void Await(ValueTask<LeaseReply<SimulatedConnection>> answer, int lastCall)
    {
        _way = Way.Reply;
        _reply = answer;
        Waiter = Source(ref _reply) as Waiter;
        Follow(answer, lastCall);
    }

    public void Await(ValueTask<bool> answer, int lastCall)
    {
        _way = Way.Use;
        _use = answer;
        Follow(answer, lastCall);
    }

    void Follow<T>(ValueTask<T> answer, int lastCall)
    {
        LastCallBefore = lastCall;
        if (answer.IsCompleted)
        {
            Answers = 1;
        }
        else
        {
            answer.GetAwaiter().UnsafeOnCompleted(Answered);
        }
    }

    /// <summary>Looks at the answer.</summary>
    /// <param name="failure">Why there is no lease.</param>
    /// <returns>The lease; one that has ended if there is none, and if it was an operation that leased for itself.</returns>
    public Lease<SimulatedConnection> Take(out Exception? failure)
    {
        failure = null;
        Waiter = null;
        try
        {
            switch (_way)
            {
                case Way.Lease:
                    return _lease.GetAwaiter().GetResult();
                case Way.Reply:
                    var reply = _reply.GetAwaiter().GetResult();
                    failure = reply.Failure;
                    return reply.Lease;
                default:
                    _use.GetAwaiter().GetResult();
                    return default;
            }
        }
#pragma warning disable CA1031 // every failure is looked at
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = error;
            return default;
        }
    }

    public override string ToString() => $"call {Number}";

    void Answered() => Answers++;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_obj")]
    static extern ref object? Source(ref ValueTask<Lease<SimulatedConnection>> task);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_obj")]
    static extern ref object? Source(ref ValueTask<LeaseReply<SimulatedConnection>> task);
}
