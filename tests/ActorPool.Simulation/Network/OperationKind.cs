namespace ActorPool.Simulation.Network;

/// <summary>What is under way on the network.</summary>
enum OperationKind
{
    Open = 0,
    Probe,
    Reset,
    Close,
    Use,
    Role,
}
