namespace ActorPool.TestKit;

/// <summary>The plans of one step: first those for the next calls, then one for all others.</summary>
public sealed class StepScript
{
    readonly Lock _lock = new();
    readonly Queue<StepPlan> _next = new();
    StepPlan _always = StepPlan.Succeed;
    int _calls;

    /// <summary>How often the step was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Plans the next calls, one by one, after those planned already.</summary>
    /// <param name="plans">How each goes.</param>
    public StepScript Next(params ReadOnlySpan<StepPlan> plans)
    {
        lock (_lock)
        {
            foreach (var plan in plans)
            {
                _next.Enqueue(plan);
            }
        }

        return this;
    }

    /// <summary>Plans so many of the next calls alike: <c>Next(3, StepPlan.Fail(error))</c> fails three times.</summary>
    /// <param name="times">How many; not negative.</param>
    /// <param name="plan">How each goes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public StepScript Next(int times, StepPlan plan)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        for (var i = 0; i < times; i++)
        {
            Next(plan);
        }

        return this;
    }

    /// <summary>Plans all calls that have no plan of their own, from now on. Before that they succeed at once.</summary>
    /// <param name="plan">How each goes.</param>
    public StepScript Always(StepPlan plan)
    {
        lock (_lock)
        {
            _always = plan;
        }

        return this;
    }

    internal StepPlan Take()
    {
        lock (_lock)
        {
            _calls++;
            return _next.TryDequeue(out var plan) ? plan : _always;
        }
    }
}
