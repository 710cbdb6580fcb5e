using ActorPool.Endpoints;

namespace ActorPool.Simulation.Checks;

/// <summary>First come, first served: nobody is granted a lease before one who stood before him, and the line is that of the calls.</summary>
sealed class InOrder(World world, PoolSubject pool) : Check(world, pool)
{
    // Who stands in line, and what had been served when he came: one who returns to the line has come anew.
    List<(Waiter Waiter, long ServedAtEntry)> _line = [];
    List<(Waiter Waiter, long ServedAtEntry)> _next = [];

    public override void AfterStep()
    {
        _next.Clear();
        for (var waiter = Peek.Waiters(Supervisor).First; waiter is not null; waiter = waiter.Next)
        {
            _next.Add((waiter, waiter.ServedAtEntry));
        }

        if (_next.Count != Peek.Waiters(Supervisor).Count)
        {
            Fail($"{_next.Count} stand in a line that counts {Peek.Waiters(Supervisor).Count}");
        }

        if (_line.Count > 0)
        {
            CheckServed();
        }

        if (_next.Count > 1)
        {
            CheckArrivals();
        }

        (_line, _next) = (_next, _line);
    }

    void CheckServed()
    {
        var hasPassedOver = false;
        foreach (var place in _line)
        {
            if (_next.Contains(place))
            {
                hasPassedOver = true;
            }
            else if (hasPassedOver && place.Waiter is { Seat: not null, Failure: null })
            {
                Fail("a caller was served before one who stood before him");
            }
        }
    }

    /// <summary>Calls join at the end; those whose connection turned out dead return to the head.</summary>
    void CheckArrivals()
    {
        var latest = 0;
        foreach (var (waiter, _) in _next)
        {
            foreach (var call in Pool.Calls)
            {
                if (ReferenceEquals(call.Waiter, waiter))
                {
                    if (call.LastCallBefore < latest)
                    {
                        Fail($"call {latest} stands before {call}, which had come before it");
                    }

                    latest = Math.Max(latest, call.Number);
                    break;
                }
            }
        }
    }
}
