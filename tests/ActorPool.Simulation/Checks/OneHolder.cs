using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks;

/// <summary>A connection has one holder, or as many as the options allow; and one that is fit to be held.</summary>
sealed class OneHolder(World world, PoolSubject pool) : Check(world, pool)
{
    public override void Leased(Held held)
    {
        var leases = 1;
        foreach (var other in Pool.Leases)
        {
            leases += ReferenceEquals(other.Connection, held.Connection) && other.Lease.IsActive ? 1 : 0;
        }

        if (leases > Pool.Bounds.MaxLeasesPerConnection)
        {
            Fail($"{held.Connection} has {leases} leases");
        }

        if (held.Connection.Stage != Stage.Open)
        {
            Fail($"{held} was leased although it is {held.Connection.Stage}");
        }

        if (held.Connection.Busy is { } busy)
        {
            Fail($"{held} was leased in the middle of a {busy}");
        }
    }
}
