using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Steps;

/// <summary>Callers come: mostly one, now and then a burst; with every way there is to acquire.</summary>
sealed class AcquireStep(World world) : Step(world)
{
    const int CallsMax = 8;

    static readonly Action<Operation, Exception?> Nobody = static (_, _) => { };

    public override int Weight => 9;

    public override bool TryTake()
    {
        var pool = Pool();
        if (pool.Calls.Count >= CallsMax || (pool.HasDrained && !Choices.OneIn(8)))
        {
            // There is little to be learnt at a closed pool.
            return false;
        }

        for (var callers = Choices.OneIn(6) ? 1 + Choices.Next(5) : 1; callers > 0 && pool.Calls.Count < CallsMax; callers--)
        {
            Acquire(pool);
        }

        return true;
    }

    void Acquire(PoolSubject pool)
    {
        switch (Choices.Next(16))
        {
            case 0 when World.MayWaitFor(pool.Supervisor):
                Try(pool);
                break;
            case 1 or 2:
                var inScope = Begin(pool, timeoutMs: null, scope: pool.Scope, "acquires for the scope");
                inScope.Await(pool.Pool.AcquireAsync(new AcquireLease(Holder: pool.Scope), inScope.Cancellation.Token), World.Calls);
                break;
            case > 5 and < 14:
                var asking = Begin(pool, timeoutMs: null, scope: null, "asks");
                asking.Await(pool.Pool.Ref.Ask(default, asking.Cancellation.Token), World.Calls);
                break;
            case 3 or 4:
                var patience = Choices.Ms(0, 8);
                var hurried = Begin(pool, (long)patience.TotalMilliseconds, scope: null, "acquires with little patience");
                hurried.Await(pool.Pool.AcquireAsync(patience, hurried.Cancellation.Token), World.Calls);
                break;
            case 5:
                var using_ = Begin(pool, timeoutMs: null, scope: null, "uses");
                using_.Await(pool.Pool.UseAsync(UseAsync, World, using_.Cancellation.Token), World.Calls);
                break;
            default:
                var call = Begin(pool, timeoutMs: null, scope: null, "acquires");
                call.Await(pool.Pool.AcquireAsync(call.Cancellation.Token), World.Calls);
                break;
        }
    }

    Call Begin(PoolSubject pool, long? timeoutMs, LeaseScope? scope, string what)
    {
        var call = new Call(++World.Calls, World.NowMs, timeoutMs ?? (long)pool.Options.AcquireTimeout.TotalMilliseconds, scope);
        Note($"{call} {what} at {pool.Name}");
        pool.Calls.Add(call);
        return call;
    }

    void Try(PoolSubject pool)
    {
        var hasLease = pool.Pool.TryAcquire(out var lease);
        if (!hasLease)
        {
            Note($"somebody tries at {pool.Name} in vain");
            return;
        }

        if (!lease.IsActive)
        {
            // Taken back before the caller had it.
            return;
        }

        Note($"somebody tries at {pool.Name} and has {lease.ConnectionId}");
        pool.Hold(new Held(lease, lease.Connection, Call: 0));
    }

    static ValueTask<bool> UseAsync(SimulatedConnection connection, World world, CancellationToken cancellationToken) =>
        world.Network.Begin(OperationKind.Use, connection, Nobody, cancellationToken).Used;
}
