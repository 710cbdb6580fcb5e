using ActorPool.Endpoints;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks;

/// <summary>What has a time happens at its time: waits end, leases are revoked, connections age, are probed and let go.</summary>
sealed class NothingOverdue(World world, PoolSubject pool) : Check(world, pool)
{
    int _surplus;
    long _connections;
    long _surplusSinceMs;

    // An open that is to find out whether the endpoint is back makes nobody too many until it has succeeded.
    int Surplus => Peek.Serving(Supervisor) - Supervisor.Settings.MinSize
        - (Peek.Health(Supervisor).State != PoolHealth.Healthy ? Peek.Counts(Supervisor)[(int)SlotState.Opening] : 0);

    public override void AfterStep()
    {
        var surplus = Surplus;
        var connections = Peek.LastConnectionId(Supervisor) + Peek.Counters(Supervisor).Opened;
        if (surplus > _surplus || connections > _connections)
        {
            _surplusSinceMs = World.NowMs;
        }

        (_surplus, _connections) = (surplus, connections);
    }

    public override void AtRest()
    {
        if (Supervisor.IsClosedNow)
        {
            return;
        }

        var nowMs = World.NowMs;
        for (var waiter = Peek.Waiters(Supervisor).First; waiter is not null; waiter = waiter.Next)
        {
            if (waiter.DeadlineMs <= nowMs)
            {
                Fail($"somebody waits {nowMs - waiter.DeadlineMs} ms after his time");
            }
        }

        CheckOperations(nowMs);
        var settings = Supervisor.Settings;
        var probes = Pool.Connector.Steps.HasFlag(ConnectorSteps.Probe);
        foreach (var slot in Peek.Slots(Supervisor).All)
        {
            switch (slot.State)
            {
                case SlotState.Idle:
                    CheckIdle(slot, probes, nowMs);
                    break;
                case SlotState.Leased when settings.MaxLeasesPerConnection == 1 && Pool.Bounds.MaxLeasesPerConnection == 1:
                    if (nowMs - slot.LeasedSinceMs >= settings.LeaseTimeoutMs)
                    {
                        Fail($"connection {slot.ConnectionId} has been leased for {nowMs - slot.LeasedSinceMs} of {settings.LeaseTimeoutMs} ms");
                    }

                    break;
                case SlotState.Closing when slot.Actor is { } actor && Peek.CloseByMs(actor) is > 0 and var closeByMs && closeByMs <= nowMs:
                    Fail($"connection {slot.ConnectionId} keeps its slot {nowMs - closeByMs} ms after the end of its time to close");
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>What the connector was asked for is given up when it takes too long.</summary>
    void CheckOperations(long nowMs)
    {
        foreach (var operation in World.Network.Pending)
        {
            var limit = operation.Kind switch
            {
                OperationKind.Open => Pool.Bounds.ConnectTimeout,
                OperationKind.Probe or OperationKind.Reset => Pool.Options.KeepaliveTimeout,
                _ => TimeSpan.MaxValue,
            };
            if (!operation.IsGivenUp && nowMs - operation.BeganMs > limit.TotalMilliseconds && ReferenceEquals(operation.Connection.Server, Pool.Server))
            {
                Fail($"{operation} has taken {nowMs - operation.BeganMs} ms");
            }
        }
    }

    void CheckIdle(Slot slot, bool probes, long nowMs)
    {
        if (nowMs >= slot.ExpiresAtMs)
        {
            Fail($"connection {slot.ConnectionId} is idle {nowMs - slot.ExpiresAtMs} ms after the end of its life");
        }

        // Those that are too many are looked for when one of them has been idle for long enough.
        var idleMs = nowMs - Math.Max(slot.IdleSinceMs, _surplusSinceMs);
        if (Surplus > 0 && Supervisor.Settings.IdleTimeoutMs > 0 && idleMs >= Supervisor.Settings.IdleTimeoutMs && !Pool.HasWarmedUp)
        {
            Fail($"connection {slot.ConnectionId} is idle for {idleMs} ms, and {Surplus} are too many");
        }

        // A probe comes once an interval, and passes over who was idle for less than a third of one.
        var intervalMs = (long)Pool.Bounds.KeepaliveInterval.TotalMilliseconds;
        if (probes && nowMs - slot.StateSinceMs > intervalMs + (intervalMs / 2) + World.LeaptMs)
        {
            Fail($"connection {slot.ConnectionId} is idle for {nowMs - slot.StateSinceMs} ms without a probe, {intervalMs} is the interval");
        }
    }
}
