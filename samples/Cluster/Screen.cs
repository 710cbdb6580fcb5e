using Spectre.Console;

namespace ClusterSample;

/// <summary>The nodes and their shares, redrawn while they live; one line per second where there is no screen.</summary>
sealed class Screen(string engine, int connections, IReadOnlyList<Node> nodes)
{
    static readonly Color[] Colors = [Color.Green, Color.Blue, Color.Yellow, Color.Grey];

    /// <summary>What happens now.</summary>
    public string What { get; set; } = "";

    public Task ShowAsync(Task over) => LiveScreen.ShowAsync(over, Draw, Line);

    string Line() => $"{string.Join("   ", nodes.Select(static node => $"{node.Name} holds {node.View().Held,2}, {node.Busy,2} of {node.Wanted,2} workers busy"))}   {Connection.Open,2} of {connections} open   {What}";

    Rows Draw()
    {
        var views = nodes.Select(static node => node.View()).ToList();
        var bar = new BreakdownChart().Width(72);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("node", "state", "workers", "busy", "holds");
        foreach (var (node, view, color) in nodes.Zip(views, Colors))
        {
            bar.AddItem(node.Name, view.Held, color);
            table.AddRow(node.Name, $"{view.State}", $"{node.Wanted}", $"{node.Busy}", $"{view.Held}");
        }

        bar.AddItem("free", Math.Max(0, connections - views.Sum(static view => view.Held)), Colors[^1]);
        return new Rows(
            new Markup($"[bold]Three nodes share {connections} connections[/]; the book is kept by {engine.EscapeMarkup()}"),
            new Markup($"[yellow]{What.EscapeMarkup()}[/]"),
            bar,
            table,
            new Markup($"[bold]{Connection.Open}[/] connections on all nodes, never more than [bold]{Connection.Most}[/]"));
    }
}
