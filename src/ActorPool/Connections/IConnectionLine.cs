namespace ActorPool.Connections;

/// <summary>A connection's line back to the actor in charge of it.</summary>
interface IConnectionLine
{
    /// <summary>Posts; runs no turn and never blocks.</summary>
    void Condemn(Exception reason);
}
