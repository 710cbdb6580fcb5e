using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Steps;

/// <summary>A holder is done, in every way there is to say so.</summary>
sealed class ReleaseStep(World world) : Step(world)
{
    public override int Weight => 11;

    public override bool GoesOn => true;

    public override bool TryTake()
    {
        if (Pool(static pool => pool.Leases.Count > 0) is not { } pool)
        {
            return false;
        }

        var held = Choices.Pick(pool.Leases);
        var way = Choices.Next(8);
        if (way == 0 && World.MayWaitFor(pool.Supervisor))
        {
            return TryDetach(pool, held);
        }

        Note($"{held} ends");
        pool.Leases.Remove(held);
        if (held.Lease.IsActive && Choices.OneIn(4))
        {
            held.Connection.IsDirty = true;
        }

        switch (way)
        {
            case 1:
                // its holder says that it is clean
                held.Connection.IsDirty &= !held.Lease.IsActive;
                held.Lease.ReturnWithoutReset();
                break;
            case 2:
                held.Lease.ReturnWith(static (connection, _) =>
                {
                    connection.IsDirty = false;
                    return default;
                });
                break;
            case 3:
                pool.Pool.Ref.Tell(new ReleaseLease<Network.SimulatedConnection>(held.Lease));
                break;
            case 4:
                pool.Pool.Ref.Tell(new ReleaseLease<Network.SimulatedConnection>(held.Lease, new IOException("the holder met a fault")));
                break;
            default:
                held.Lease.Dispose();
                break;
        }

        // Only now: who returns may first have had to work for others.
        pool.End(held);
        return true;
    }

    bool TryDetach(PoolSubject pool, Held held)
    {
        if (!held.Lease.IsActive)
        {
            return false;
        }

        held.Connection.ChangesHands = true;
        try
        {
            var connection = held.Lease.Detach();
            Note($"{held} is detached");
            pool.End(held);
            pool.Detach(connection);
        }
        catch (InvalidOperationException) when (pool.Bounds.MaxLeasesPerConnection > 1)
        {
            Note($"{held} is shared, and stays");
        }
        catch (Exception error) when (error is PoolException or ObjectDisposedException)
        {
            Note($"{held} has ended meanwhile");
        }

        held.Connection.ChangesHands = false;
        return true;
    }
}
