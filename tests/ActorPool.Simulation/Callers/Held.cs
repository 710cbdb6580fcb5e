using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Callers;

/// <summary>A lease, and the connection that its holder believes to have.</summary>
sealed record Held(Lease<SimulatedConnection> Lease, SimulatedConnection Connection, int Call)
{
    public override string ToString() => $"lease of call {Call} on {Connection}";
}
