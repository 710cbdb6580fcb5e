using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks.Groups;

/// <summary>A promise of a group's. Looks on, and says when it is broken.</summary>
abstract class GroupCheck(World world, GroupSubject group)
{
    protected World World { get; } = world;

    protected GroupSubject Group { get; } = group;

    /// <summary>Something has happened, somewhere.</summary>
    public virtual void AfterStep()
    {
    }

    /// <summary>Nothing is left to do at this moment of time.</summary>
    public virtual void AtRest()
    {
    }

    /// <summary>The group is closed, and nothing is left to do at all.</summary>
    public virtual void AtEnd()
    {
    }

    /// <summary>A caller looks at its answer.</summary>
    /// <param name="call">Whose.</param>
    /// <param name="member">Who has served; null if nobody has, or it cannot be seen.</param>
    /// <param name="failure">Why there is no lease; null if there is one.</param>
    public virtual void Answered(GroupCall call, PoolSubject? member, Exception? failure)
    {
    }

    protected void Fail(string message) => World.Report(GetType().Name, message);
}
