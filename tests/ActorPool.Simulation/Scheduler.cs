using ActorPool.Simulation.Steps;
using ActorPool.Simulation.Steps.Groups;

namespace ActorPool.Simulation;

/// <summary>Chooses what happens next, among everything that may.</summary>
sealed class Scheduler
{
    /// <summary>So many threads are in the middle of something, one interrupted by the other.</summary>
    const int DepthMax = 3;

    readonly World _world;
    readonly Step[] _steps;
    readonly Step[] _goingOn;
    readonly TimeStep _clock;
    readonly int _weight;

    public Scheduler(World world)
    {
        _world = world;
        _clock = new TimeStep(world);
        _steps = world.Group is not null ? GroupSteps(world) : PoolSteps(world);
        _goingOn = [.. _steps.Where(static step => step.GoesOn)];
        _weight = _steps.Sum(static step => step.Weight);
    }

    Step[] PoolSteps(World world) =>
    [
        new WorkStep(world),
        new NetworkStep(world),
        new AcquireStep(world),
        new TakeStep(world),
        new ReleaseStep(world),
        new CancelStep(world),
        new HolderStep(world),
        _clock,
        new InterruptStep(world, this),
        new OperateStep(world),
        new ServerStep(world),
    ];

    Step[] GroupSteps(World world) =>
    [
        new WorkStep(world),
        new NetworkStep(world),
        new GroupAcquireStep(world),
        new GroupTakeStep(world),
        new GroupReleaseStep(world),
        new GroupCancelStep(world),
        new LookupStep(world),
        _clock,
        new GroupInterruptStep(world, this),
        new GroupOperateStep(world),
        new ServerStep(world),
        new FailoverStep(world),
        new NamesStep(world),
    ];

    /// <summary>How many things have happened.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether somebody may be interrupted who interrupts others.</summary>
    public bool MayGoDeeper => _world.Depth < DepthMax;

    /// <summary>One thing happens.</summary>
    public void TakeOne()
    {
        var choice = _world.Choices.Next(_weight);
        var index = 0;
        while ((choice -= _steps[index].Weight) >= 0)
        {
            index++;
        }

        // What cannot happen now leaves its turn to what has begun already, and then to the clock.
        if (!TryTake(_steps[index]) && !TryGoOn())
        {
            TryTake(_clock);
        }
    }

    /// <summary>What has begun goes on: work, what is under way on the network, answers, leases. False if there is nothing.</summary>
    public bool TryGoOn()
    {
        foreach (var step in _goingOn)
        {
            if (TryTake(step))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Some things happen in the middle of another.</summary>
    public void TakeSome(int steps, string where)
    {
        if (!MayGoDeeper)
        {
            return;
        }

        _world.Depth++;
        _world.Trace?.Add($"  [{where}:");
        for (var i = 0; i < steps && _world.Violation is null; i++)
        {
            if (_world.HasCleared)
            {
                TryGoOn();
            }
            else
            {
                TakeOne();
            }
        }

        _world.Trace?.Add("  ]");
        _world.Depth--;
    }

    bool TryTake(Step step)
    {
        if ((step.MayInterrupt || _world.Busy.Count == 0) && step.TryTake())
        {
            AfterStep();
            return true;
        }

        return false;
    }

    void AfterStep()
    {
        Taken++;
        foreach (var pool in _world.Pools)
        {
            pool.AfterStep();
        }

        _world.Group?.AfterStep();
    }
}
