using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Steps;

/// <summary>Something happens at a server, or to a connection of its: it restarts, hangs, babbles, drops one, changes its role.</summary>
sealed class ServerStep(World world) : Step(world)
{
    static readonly IOException Noticed = new("closed by the server");

    public override int Weight => 5;

    public override bool TryTake()
    {
        var server = Choices.Pick(World.Network.Servers);
        server.Connections.RemoveAll(static connection => connection.IsDead);
        switch (Choices.Next(10))
        {
            case 0 or 1 or 2:
                Change(server, Condition.Up);
                break;
            case 3:
                server.Limit = Choices.Next(3);
                Change(server, (Condition)Choices.Next(Enum.GetValues<Condition>().Length));
                break;
            case 4:
                // A restart: everything is gone, and nothing is there for a while.
                Change(server, Condition.Refusing);
                KillAll(server, silently: Choices.OneIn(3));
                break;
            case 5:
                Change(server, Condition.BlackHole);
                break;
            case 6 or 7 when server.Connections.Count > 0:
                World.Network.Kill(Choices.Pick(server.Connections), silently: Choices.OneIn(2));
                break;
            case 8 when server.Connections.Count > 0:
                var connection = Choices.Pick(server.Connections);
                World.Network.Kill(connection, silently: false);
                connection.Condemn(Noticed);
                break;
            default:
                return false;
        }

        return true;
    }

    void Change(SimulatedServer server, Condition condition)
    {
        Note($"{server} is {condition}");
        server.Condition = condition;
    }

    void KillAll(SimulatedServer server, bool silently)
    {
        foreach (var connection in server.Connections)
        {
            World.Network.Kill(connection, silently);
        }

        server.Connections.Clear();
    }
}
