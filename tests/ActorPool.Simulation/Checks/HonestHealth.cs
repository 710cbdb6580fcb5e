namespace ActorPool.Simulation.Checks;

/// <summary>The health is what the last opens say: healthy after a success, failing after a failure, unavailable when that lasts.</summary>
sealed class HonestHealth(World world, PoolSubject pool) : Check(world, pool)
{
    long _failed;
    long _failingSinceMs;
    int _failures;
    bool _hadCommands;
    int _commands;

    public override void AfterStep()
    {
        var health = Peek.Health(Supervisor);
        var counters = Peek.Counters(Supervisor);
        var failed = counters.OpensFailed - _failed;
        var hasSucceeded = health.FailuresInARow < _failures + failed;
        if (hasSucceeded || _failures == 0)
        {
            _failingSinceMs = World.NowMs;
        }

        if ((health.State == PoolHealth.Healthy) != (health.FailuresInARow == 0))
        {
            Fail($"{health.State} with {health.FailuresInARow} failures in a row");
        }

        if (health.State == PoolHealth.Healthy && ((health.NextAttemptMs != 0 && !health.IsOnTrial) || health.Step != 0))
        {
            Fail($"healthy, and still at step {health.Step} of the backoff, next attempt at {health.NextAttemptMs} ms");
        }

        if (failed > 0 && !hasSucceeded)
        {
            CheckFailing(health);
        }

        if (health.State == PoolHealth.Unavailable && Supervisor.WaitingNow > 0 && !Peek.IsPaused(Supervisor))
        {
            Fail($"{Supervisor.WaitingNow} wait for an endpoint that is unavailable");
        }

        (_failed, _failures) = (counters.OpensFailed, health.FailuresInARow);
        (_hadCommands, _commands) = (Pool.HasCommands, Pool.Commands);
    }

    void CheckFailing(Endpoints.EndpointHealth health)
    {
        if (health.State == PoolHealth.Healthy)
        {
            Fail("healthy after an open that failed");
            return;
        }

        var forMs = World.NowMs - _failingSinceMs;
        var mayHaveOtherOptions = _hadCommands || Pool.Commands > _commands;
        var isLong = forMs >= Supervisor.Settings.UnavailableAfterMs;
        if (!mayHaveOtherOptions && (health.State == PoolHealth.Unavailable) != (isLong || health.LastKind != OpenFailureKind.Transient))
        {
            Fail($"{health.State} after {forMs} of {Supervisor.Settings.UnavailableAfterMs} ms of failures, the last of them {health.LastKind}");
        }
    }
}
