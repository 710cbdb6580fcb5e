using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Ends connections as a server does that accepts and dies.</summary>
public abstract class EarlyEndTest : VirtualPoolTest
{
    protected static IOException Gone { get; } = new EndOfStreamException("gone");

    /// <summary>All that are open end at once.</summary>
    protected void EndAll()
    {
        foreach (var connection in Connector.Open)
        {
            Connector.Condemn(connection, Gone);
        }

        World.Run();
    }

    /// <summary>One ends under its holder, who then gives it back.</summary>
    protected void EndUnder(Lease<ScriptedConnection> lease)
    {
        Connector.Condemn(lease.Connection, Gone);
        World.Run();
        lease.Dispose();
        World.Run();
    }
}
