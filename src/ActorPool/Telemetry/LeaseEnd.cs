namespace ActorPool.Telemetry;

/// <summary>Tells, on the dispatcher, of a lease that a turn has ended whose sender does not wait for it.</summary>
sealed class LeaseEnd(EndpointTelemetry telemetry, Observation lease) : IThreadPoolWorkItem
{
    readonly long _endedAt = telemetry.Now;

    public void Execute() => telemetry.LeaseEnded(lease, _endedAt);
}
