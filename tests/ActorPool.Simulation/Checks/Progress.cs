using ActorPool.Options;

namespace ActorPool.Simulation.Checks;

/// <summary>
/// Whoever waits is being worked for: while anybody waits nothing is idle, and as many connections as are wanted are being
/// opened, as far as the limits allow.
/// </summary>
sealed class Progress(World world, PoolSubject pool) : Check(world, pool)
{
    public override void AtRest()
    {
        var waiting = Peek.Waiters(Supervisor).Count;
        var isPaused = Peek.IsPaused(Supervisor);
        if (Supervisor.IsClosedNow)
        {
            if (waiting > 0)
            {
                Fail($"{waiting} wait at a closed pool");
            }

            return;
        }

        if (waiting > 0 && Peek.Idle(Supervisor).Count > 0 && !isPaused)
        {
            Fail($"{waiting} wait while {Peek.Idle(Supervisor).Count} connections are idle");
        }

        var health = Peek.Health(Supervisor);
        if (health.NextAttemptMs <= World.NowMs && World.Budget is null)
        {
            CheckOpening(Supervisor.Settings, health, isPaused ? 0 : waiting);
        }
    }

    void CheckOpening(PoolSettings settings, Endpoints.EndpointHealth health, int waiting)
    {
        var counts = Peek.Counts(Supervisor);
        var opening = counts[(int)SlotState.Opening];
        var closing = counts[(int)SlotState.Closing];
        var size = Peek.Slots(Supervisor).InUse;
        var demand = (waiting + settings.MaxLeasesPerConnection - 1) / settings.MaxLeasesPerConnection;

        // What replaces a connection that is closing to keep the minimum may wait until it has closed.
        var wanted = closing > 0 || settings.FillStaggerMs > 0 ? demand : Math.Max(demand, settings.MinSize - (size - opening - closing));
        var limit = health is { State: PoolHealth.Healthy, IsOnTrial: false } ? settings.MaxConcurrentConnects : 1;
        var room = opening + settings.MaxSize - (size - Peek.Transients(Supervisor));
        if (opening < Math.Min(wanted, Math.Min(limit, room)))
        {
            Fail($"{opening} are being opened, although {waiting} wait, {size} of {settings.MaxSize} connections are there, {settings.MinSize} at least, and {limit} may be opened at a time");
        }
    }
}
