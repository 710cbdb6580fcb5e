using ActorPool.Budgets.Node;
using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>
/// Until when each process may use its grants, found out without asking it: a lifetime after it sent the last request that wrote its
/// record and that the engine has carried out, whether it knows or not.
/// </summary>
sealed class RequestLog(World world)
{
    readonly Dictionary<NodeProcess, EngineRequest> _renewals = [];

    /// <summary>A request is sent.</summary>
    public static EngineRequest Sent(NodeProcess process, AgentEffect.Send send)
    {
        var clock = process.Node.Clock;
        return new EngineRequest(process, send, clock.Monotonic, clock.Wall);
    }

    /// <summary>… and carried out.</summary>
    public void Committed(EngineRequest request)
    {
        if (request.WritesOwn && (!_renewals.TryGetValue(request.Process, out var last) || last.Id < request.Id))
        {
            _renewals[request.Process] = request;
        }
    }

    /// <summary>Since when a process must not use its grants any more; null if it may.</summary>
    public string? HasPassed(NodeProcess process)
    {
        if (world.Options.OfflineFloor > 0 && process.Pools.Limit <= world.Options.OfflineFloor && process.Joins > 0)
        {
            return null;
        }

        if (!_renewals.TryGetValue(process, out var last))
        {
            return "without having joined";
        }

        // A wall clock that may be set back is no witness; a monotonic one that may stand still is, of what it has seen.
        var clock = process.Node.Clock;
        var age = clock.Monotonic - last.Monotonic;
        if (world.Options.MaySleep)
        {
            age = Math.Max(age, clock.Wall - last.Wall);
        }

        var lifetime = world.Options.Lifetime.Ticks;
        return age > lifetime ? $"{Show.Ms(age - lifetime)} after its deadline (request {last.Id})" : null;
    }
}
