using System.Net;
using System.Net.Sockets;

namespace ActorPool.Simulation.Network;

/// <summary>The name of a group's servers: to which of them it leads, and who is looking it up.</summary>
sealed class SimulatedNames(World world)
{
    static readonly SocketException NotFound = new((int)SocketError.HostNotFound);

    /// <summary>Those that the name leads to.</summary>
    public List<SimulatedServer> Listed { get; } = [];

    /// <summary>What is being looked up, oldest first.</summary>
    public List<Lookup> Pending { get; } = [];

    /// <summary>After this time a lookup is given up.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>What the last answer said that the group wanted to hear; null if it may not have been able to follow it.</summary>
    public List<string>? LastAnswer { get; set; }

    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        var fate = world.Network.Weather.Fate(world.Choices);
        world.Trace?.Add($"    '{name}' is looked up ({fate})");
        var lookup = new Lookup(fate, world.Time, Timeout);
        Pending.Add(lookup);
        if (fate == Fate.AtOnce)
        {
            End(lookup);
        }

        return lookup.Answer;
    }

    /// <summary>Ends a lookup with what the name leads to now.</summary>
    public void End(Lookup lookup)
    {
        Pending.Remove(lookup);
        lookup.Dispose();
        if (lookup.Fate == Fate.Failing)
        {
            world.Trace?.Add("    a lookup fails");
            lookup.Fail(NotFound);
            return;
        }

        world.Trace?.Add($"    a lookup finds {string.Join(", ", Listed)}{(lookup.IsGivenUp ? ", and nobody wants to know" : "")}");
        if (Listed.Count > 0 && !lookup.IsGivenUp)
        {
            LastAnswer = [.. Listed.Select(static server => server.Name)];
        }

        lookup.End([.. Listed.Select(static server => IPAddress.Parse(server.Name))]);
    }
}
