using ClusterSample;
using Spectre.Console;

namespace AkkaClusterSample;

/// <summary>The nodes and their shares, redrawn while they live; one line per second where there is no screen.</summary>
sealed class Screen(Server server, IReadOnlyList<NodeProcess> nodes)
{
    static readonly Color[] Colors = [Color.Green, Color.Blue, Color.Yellow, Color.Grey];

    /// <summary>What happens now.</summary>
    public string What { get; set; } = "";

    public Task ShowAsync(Task over) => LiveScreen.ShowAsync(over, Draw, Line);

    string Line() => $"{string.Join("   ", nodes.Select(static node => $"{node.Name} holds {node.Status.Held,2}, {node.Status.Busy,2} of {node.Status.Wanted,2} workers busy"))}   {What}";

    Rows Draw()
    {
        var bar = new BreakdownChart().Width(72);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("node", "state", "workers", "busy", "holds", "open");
        foreach (var (node, color) in nodes.Zip(Colors))
        {
            var status = node.Status;
            bar.AddItem(node.Name, status.Held, color);
            table.AddRow(node.Name, status.State, $"{status.Wanted}", $"{status.Busy}", $"{status.Held}", $"{status.Open}");
        }

        bar.AddItem("free", Math.Max(0, Program.Connections - nodes.Sum(static node => node.Status.Held)), Colors[^1]);
        return new Rows(
            new Markup($"[bold]Three processes share {Program.Connections} connections[/] to {server.Name.EscapeMarkup()}; the cluster keeps the book itself"),
            new Markup($"[yellow]{What.EscapeMarkup()}[/]"),
            bar,
            table,
            new Markup($"never more than [bold]{server.Most}[/] connections at a time"));
    }
}
