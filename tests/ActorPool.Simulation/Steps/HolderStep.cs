using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Steps;

/// <summary>What holders do besides releasing: find faults, die, hand connections in, and what they must not do.</summary>
sealed class HolderStep(World world) : Step(world)
{
    static readonly IOException Fault = new("the holder met a fault");

    public override int Weight => 7;

    public override bool TryTake()
    {
        var pool = Pool();
        return Choices.Next(8) switch
        {
            0 => TryMarkFaulty(pool),
            1 => EndScope(pool),
            2 => TryReleaseAgain(pool),
            3 => TryUseAfterEnd(pool),
            4 => TryReleaseElsewhere(pool),
            5 => World.MayWaitFor(pool.Supervisor) && TryAttach(pool),
            _ => TryUse(pool),
        };
    }

    bool TryMarkFaulty(PoolSubject pool)
    {
        if (pool.Leases.Count == 0)
        {
            return false;
        }

        var held = Choices.Pick(pool.Leases);
        Note($"{held} is marked faulty");
        held.Lease.MarkFaulty(Fault);
        return true;
    }

    bool EndScope(PoolSubject pool)
    {
        Note($"the scope at {pool.Name} ends");
        pool.Scope.Dispose();
        pool.Scope = new LeaseScope("next scope");
        return true;
    }

    bool TryReleaseAgain(PoolSubject pool)
    {
        if (pool.Past.Count == 0)
        {
            return false;
        }

        var held = Choices.Pick(pool.Past);
        Note($"{held} is released again");
        held.Lease.Dispose();
        return true;
    }

    bool TryUseAfterEnd(PoolSubject pool)
    {
        if (pool.Past.Count == 0 || World.Busy.Count > 0 || World.Dispatcher.Count > 0)
        {
            // Its release may still be on its way.
            return false;
        }

        var held = Choices.Pick(pool.Past);
        if (held.Lease.IsActive)
        {
            World.Report("LeasesEnd", $"{held} has ended and is still active");
        }

        return true;
    }

    bool TryReleaseElsewhere(PoolSubject pool)
    {
        if (World.Pools.Count == 1 || pool.Leases.Count == 0)
        {
            return false;
        }

        var held = Choices.Pick(pool.Leases);
        var other = World.Pools[ReferenceEquals(World.Pools[0], pool) ? 1 : 0];
        Note($"{held} is released at {other.Name}");
        try
        {
            other.Pool.Ref.Tell(new ReleaseLease<SimulatedConnection>(held.Lease));
            World.Report("LeasesEnd", $"{other.Name} took a lease of {pool.Name}");
        }
        catch (ForeignLeaseException)
        {
            // As it should be; the lease is its holder's still.
        }

        return true;
    }

    bool TryAttach(PoolSubject pool)
    {
        if (pool.Detached.Count == 0)
        {
            return false;
        }

        var connection = Choices.Pick(pool.Detached);

        // Somebody may have it before the call returns.
        pool.Attach(connection);
        connection.ChangesHands = true;
        var isTaken = pool.Pool.TryAttach(connection);
        connection.ChangesHands = false;
        Note($"{connection} is attached {(isTaken ? "" : "in vain")}");
        if (!isTaken)
        {
            pool.Detach(connection);
        }

        return true;
    }

    /// <summary>A holder uses its connection, finds it dead or alive, and says so or not.</summary>
    bool TryUse(PoolSubject pool)
    {
        if (pool.Leases.Count == 0)
        {
            return false;
        }

        var held = Choices.Pick(pool.Leases);
        if (held.Lease.IsActive && held.Connection is { IsDead: true })
        {
            held.Connection.LooksDead = true;
            if (Choices.OneIn(2))
            {
                Note($"{held} turns out dead");
                held.Lease.MarkFaulty(Fault);
            }
        }

        return true;
    }
}
