using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>What becomes of a pool's actor that has failed.</summary>
static class EndpointSupervision
{
    /// <summary>
    /// It goes on. It has whom it watches for, and nobody else has: a restart, Akka.NET's default, would take back every lease that it has granted, for one message that it could
    /// not handle. It can go on, since a turn changes one of its tables at a time, and none while it calls others.
    /// </summary>
    public static SupervisorStrategy Strategy { get; } = new OneForOneStrategy(static error =>
        error is ActorInitializationException or ActorKilledException ? Directive.Stop : Directive.Resume);
}
