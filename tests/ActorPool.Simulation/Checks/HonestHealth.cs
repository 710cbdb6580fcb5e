namespace ActorPool.Simulation.Checks;

/// <summary>
/// The health is what the last opens say: healthy after a success, failing after a failure, unavailable when that lasts and is
/// tried all the time.
/// </summary>
sealed class HonestHealth(World world, PoolSubject pool) : Check(world, pool)
{
    long _failed;
    long _failingSinceMs;
    long _lastAttemptMs;
    long _triedUntilMs;
    bool _wasFailing;
    bool _isSinceKnown;
    int _failures;
    bool _hadCommands;
    int _commands;

    public override void AfterStep()
    {
        var health = Peek.Health(Supervisor);
        var counters = Peek.Counters(Supervisor);
        var failed = counters.OpensFailed - _failed;
        var hasSucceeded = health.FailuresInARow < _failures + failed;
        var attemptMs = Peek.LastAttemptMs(health);
        var hasFailedAgain = health.FailuresInARow > _failures && _wasFailing;
        var wasQuiet = hasFailedAgain && attemptMs - _triedUntilMs >= Supervisor.Settings.UnavailableAfterMs;
        var mayHaveOtherOptions = _hadCommands || Pool.Commands > _commands;
        if (hasSucceeded || _failures == 0 || (wasQuiet && attemptMs == _lastAttemptMs && !mayHaveOtherOptions))
        {
            _failingSinceMs = World.NowMs;
            _isSinceKnown = true;
        }
        else if (wasQuiet || (hasFailedAgain && mayHaveOtherOptions))
        {
            // The open that was begun in this very step may not be the one that failed; or other options had counted.
            _isSinceKnown = false;
        }

        if ((health.State == PoolHealth.Healthy) != (health.FailuresInARow == 0))
        {
            Fail($"{health.State} with {health.FailuresInARow} failures in a row");
        }

        if (health.State == PoolHealth.Healthy && ((health.NextAttemptMs != 0 && !health.IsOnTrial) || health.Step != 0))
        {
            Fail($"healthy, and still at step {health.Step} of the backoff, next attempt at {health.NextAttemptMs} ms");
        }

        if (failed > 0 && !hasSucceeded && _isSinceKnown)
        {
            CheckFailing(health, mayHaveOtherOptions);
        }

        if (health.State == PoolHealth.Unavailable && Supervisor.WaitingNow > 0 && !Peek.IsPaused(Supervisor))
        {
            Fail($"{Supervisor.WaitingNow} wait for an endpoint that is unavailable");
        }

        (_failed, _failures) = (counters.OpensFailed, health.FailuresInARow);
        (_lastAttemptMs, _triedUntilMs, _wasFailing) = (attemptMs, Peek.TriedUntilMs(health), health.State == PoolHealth.Failing);
        (_hadCommands, _commands) = (Pool.HasCommands, Pool.Commands);
    }

    void CheckFailing(Endpoints.EndpointHealth health, bool mayHaveOtherOptions)
    {
        if (health.State == PoolHealth.Healthy)
        {
            Fail("healthy after an open that failed");
            return;
        }

        var forMs = World.NowMs - _failingSinceMs;
        var isLong = forMs >= Supervisor.Settings.UnavailableAfterMs;
        if (!mayHaveOtherOptions && (health.State == PoolHealth.Unavailable) != (isLong || health.LastKind != OpenFailureKind.Transient))
        {
            Fail($"{health.State} after {forMs} of {Supervisor.Settings.UnavailableAfterMs} ms of failures, the last of them {health.LastKind}");
        }
    }
}
