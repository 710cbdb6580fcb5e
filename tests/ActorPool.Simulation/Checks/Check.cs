using ActorPool.Endpoints;
using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks;

/// <summary>A promise of the pool's. Looks on, and says when it is broken.</summary>
abstract class Check(World world, PoolSubject pool)
{
    protected World World { get; } = world;

    protected PoolSubject Pool { get; } = pool;

    protected EndpointSupervisor Supervisor => Pool.Supervisor;

    /// <summary>Something has happened, somewhere.</summary>
    public virtual void AfterStep()
    {
    }

    /// <summary>Nothing is left to do at this moment of time.</summary>
    public virtual void AtRest()
    {
    }

    /// <summary>The pool is closed, and nothing is left to do at all.</summary>
    public virtual void AtEnd()
    {
    }

    /// <summary>A caller looks at its answer.</summary>
    public virtual void Answered(Call call, Exception? failure)
    {
    }

    /// <summary>A caller has a lease.</summary>
    public virtual void Leased(Held held)
    {
    }

    /// <summary>The connector is asked for a connection.</summary>
    public virtual void OpenBegins(SimulatedConnection connection)
    {
    }

    /// <summary>The connector is asked to do something with a connection.</summary>
    public virtual void StepBegins(OperationKind kind, SimulatedConnection connection)
    {
    }

    /// <summary>The connector is asked what it thinks of a connection.</summary>
    public virtual void Looked(SimulatedConnection connection)
    {
    }

    /// <summary>The pool says what has happened.</summary>
    public virtual void Happened(PoolEvent happened)
    {
    }

    protected void Fail(string message) => World.Report(GetType().Name, $"{Pool.Name}: {message}");
}
