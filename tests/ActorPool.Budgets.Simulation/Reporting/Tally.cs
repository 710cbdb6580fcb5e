using System.Globalization;
using ActorPool.Budgets.Node;

namespace ActorPool.Budgets.Simulation.Reporting;

/// <summary>What was visited, and how often.</summary>
sealed class Tally
{
    readonly SortedDictionary<string, long> _incidents = new(StringComparer.Ordinal);

    /// <summary>What agents said, by kind.</summary>
    public long[] News { get; } = new long[Enum.GetValues<AgentNewsKind>().Length];

    public long Requests { get; set; }

    public long Commits { get; set; }

    /// <summary>Commits that have changed what is free.</summary>
    public long Moves { get; set; }

    public long Opened { get; set; }

    public long HandedOut { get; set; }

    public long ClosedAtSecondLook { get; set; }

    /// <summary>Connections that reached the server after their node was fenced.</summary>
    public long LateOpens { get; set; }

    public long Pauses { get; set; }

    public void Happened(string incident) => _incidents[incident] = _incidents.GetValueOrDefault(incident) + 1;

    public void Add(Tally other)
    {
        for (var kind = 0; kind < News.Length; kind++)
        {
            News[kind] += other.News[kind];
        }

        foreach (var (incident, count) in other._incidents)
        {
            _incidents[incident] = _incidents.GetValueOrDefault(incident) + count;
        }

        Requests += other.Requests;
        Commits += other.Commits;
        Moves += other.Moves;
        Opened += other.Opened;
        HandedOut += other.HandedOut;
        ClosedAtSecondLook += other.ClosedAtSecondLook;
        LateOpens += other.LateOpens;
        Pauses += other.Pauses;
    }

    /// <summary>What nobody has said.</summary>
    public IEnumerable<AgentNewsKind> Missed => Enum.GetValues<AgentNewsKind>().Where(kind => News[(int)kind] == 0);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        requests {Requests:N0}, commits {Commits:N0}, moves of grants {Moves:N0}, pauses {Pauses:N0}
        opened {Opened:N0}, handed out {HandedOut:N0}, closed at the second look {ClosedAtSecondLook:N0}, at the server after a fence {LateOpens:N0}
        incidents: {string.Join(", ", _incidents.Select(static item => string.Create(CultureInfo.InvariantCulture, $"{item.Key} {item.Value:N0}")))}
        news: {string.Join(", ", Enum.GetValues<AgentNewsKind>().Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind} {News[(int)kind]:N0}")))}

        """);
}
