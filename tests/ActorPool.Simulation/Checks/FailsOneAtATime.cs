namespace ActorPool.Simulation.Checks;

/// <summary>
/// A failing endpoint is tried once at a time, and not before the backoff is over, and so is one that ends what it accepts,
/// unless the connection on trial has left; and many failures of one moment lengthen it once.
/// </summary>
sealed class FailsOneAtATime(World world, PoolSubject pool) : Check(world, pool)
{
    const long EagerRetryAfterMs = 1_000;

    long _connections;
    long _opened;
    long _nextAttemptMs;
    long _lastAttemptMs;
    int _step;
    int _stepMax = 1;
    int _round;
    bool _wasHealthy = true;
    bool _wasOnTrial;
    bool _hadCommands;
    int _commands;
    int _opening;

    public override void AfterStep()
    {
        var health = Peek.Health(Supervisor);
        var counters = Peek.Counters(Supervisor);
        var connections = Peek.LastConnectionId(Supervisor);
        var nowMs = World.NowMs;
        if (health.Step < _step)
        {
            _stepMax = health.Step + 1;
        }
        else if (health.Step > _stepMax)
        {
            Fail($"the backoff went from step {_step} to {health.Step} although no open was begun in between");
        }

        if (connections > _connections)
        {
            _stepMax = Math.Max(_stepMax, health.Step + 1);
            // A trial that has ended while another began is two rounds.
            var isSameTrial = health.IsOnTrial == _wasOnTrial && health.Round < _round + 2;
            if ((!_wasHealthy || _wasOnTrial) && isSameTrial && counters.Opened == _opened && !_hadCommands && Pool.Commands == _commands)
            {
                CheckAttempt(health, nowMs);
            }
        }

        _connections = connections;
        _opened = counters.Opened;
        _nextAttemptMs = health.NextAttemptMs;
        _lastAttemptMs = Peek.LastAttemptMs(health);
        _step = health.Step;
        _round = health.Round;
        _wasHealthy = health.State == PoolHealth.Healthy;
        _wasOnTrial = health.IsOnTrial;
        _opening = Peek.Counts(Supervisor)[(int)SlotState.Opening];
        (_hadCommands, _commands) = (Pool.HasCommands, Pool.Commands);
    }

    void CheckAttempt(Endpoints.EndpointHealth health, long nowMs)
    {
        if (_nextAttemptMs > nowMs && !_wasOnTrial && nowMs - _lastAttemptMs <= EagerRetryAfterMs && Peek.LastAttemptMs(health) == nowMs)
        {
            Fail($"an open was begun {_nextAttemptMs - nowMs} ms before the end of the backoff");
        }

        if (Peek.Counts(Supervisor)[(int)SlotState.Opening] is > 1 and var opening && opening > _opening)
        {
            Fail($"{opening} opens at a time at an endpoint that fails");
        }
    }
}
