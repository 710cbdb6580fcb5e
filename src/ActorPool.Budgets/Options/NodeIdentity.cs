using System.Globalization;

namespace ActorPool.Budgets.Options;

/// <summary>How a node is called: in the book, at the server, and for people.</summary>
/// <param name="Name">Its name for people; several nodes may have the same.</param>
/// <param name="Key">The key of its record: that of its number, or else another one with every process.</param>
/// <param name="ClientName">What its connections call themselves; another one with every process.</param>
readonly record struct NodeIdentity(string Name, string Key, string ClientName)
{
    /// <summary>What every node's client name of a budget begins with.</summary>
    public static string ClientPrefix(string budget) => $"{budget}/";

    /// <summary>That of this process.</summary>
    /// <param name="options">The options, valid.</param>
    /// <param name="random">Where the digits come from that tell processes apart.</param>
    public static NodeIdentity Of(ClusterBudgetOptions options, IRandomSource random)
    {
        var name = options.NodeName ?? FromMachine(Environment.MachineName);
        var digits = ((uint)(random.NextDouble() * (1L << 32))).ToString("x8", CultureInfo.InvariantCulture);
        var key = options.NodeNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $"node/{number:00000}") : $"node/{name}-{digits}";
        return new NodeIdentity(name, key, $"{ClientPrefix(options.Name)}{name}/{digits}");
    }

    /// <summary>A machine's name as a node's: its end if it is too long, since pods and virtual machines differ there.</summary>
    public static string FromMachine(string machine)
    {
        var letters = string.Concat(machine.Select(static letter => BudgetOptionsValidator.IsNameLetter(letter) ? letter : '-'));
        var end = letters[Math.Max(0, letters.Length - BudgetOptionsValidator.NameLengthMax)..].TrimStart('-', '.');
        return end.Length == 0 ? "node" : end;
    }
}
