using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Server;

/// <summary>A connection, as the server sees it.</summary>
sealed class Session(SimulatedConnection connection)
{
    public SimulatedConnection Connection => connection;

    public string ClientName => connection.Process.Settings.ClientName;

    public bool IsOpen { get; set; } = true;

    /// <summary>
    /// Whether it was opened by somebody who looked at his deadline before a pause or his death, and who had been fenced meanwhile. Not any more once he
    /// has looked again.
    /// </summary>
    public bool IsLate { get; set; }
}
