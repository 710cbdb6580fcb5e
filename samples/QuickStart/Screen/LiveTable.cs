using ActorPool;
using Spectre.Console;

namespace QuickStart;

/// <summary>The pool as it lives, redrawn a few times per second.</summary>
sealed class LiveTable
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    readonly RateMeter _meter = new();

    public Task ShowAsync(Day day, Task over) =>
        AnsiConsole.Live(new Text("")).StartAsync(async context =>
        {
            do
            {
                context.UpdateTarget(Draw(day));
            }
            while (await Task.WhenAny(over, Task.Delay(Pace)) != over);
            context.UpdateTarget(Draw(day));
        });

    Rows Draw(Day day)
    {
        var pool = day.Pool.Snapshot();
        return new Rows([Headline(day, pool), Connections(pool), Numbers(day, pool), Failures(day)]);
    }

    static Markup Headline(Day day, PoolSnapshot pool)
    {
        var health = pool.Health switch
        {
            PoolHealth.Healthy => "[green]Healthy[/]",
            PoolHealth.Failing => "[yellow]Failing[/]",
            _ => "[red]Unavailable[/]",
        };
        return new Markup(
            $"[bold]{day.Settings.Workers} workers share {pool.MaxSize} connections[/]"
            + $"   {day.Elapsed.TotalSeconds:0.0} of {day.Settings.Duration.TotalSeconds:0} s   {health}"
            + (day.IsServerAway ? "   [white on red] the server is away [/]" : ""));
    }

    static Table Connections(PoolSnapshot pool)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("connection").AddColumn("state");
        foreach (var heading in (string[])["for", "age", "leases"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned().Width(10));
        }

        table.Columns[1].Width(10);
        foreach (var one in pool.Connections)
        {
            table.AddRow(
                $"{one.ConnectionId}",
                $"[{ColorOf(one.State)}]{one.State}[/]",
                $"{one.InState.TotalSeconds:0.000} s",
                $"{one.Age.TotalSeconds:0.0} s",
                $"{one.UseCount:N0}");
        }

        for (var empty = pool.MaxSize - pool.Connections.Count; empty > 0; empty--)
        {
            table.AddRow("", "[grey]Empty[/]", "", "", "");
        }

        return table;
    }

    Markup Numbers(Day day, PoolSnapshot pool) => new(
        $"[bold]{_meter.PerSecond(day.Tally.AnsweredCount):N0}[/] requests/s"
        + $"   acquire p50 {day.Tally.AcquireTimes.Percentile(0.5).TotalMilliseconds:0.0} ms,"
        + $" p99 {day.Tally.AcquireTimes.Percentile(0.99).TotalMilliseconds:0.0} ms\n"
        + $"{pool.Leased} leased   {pool.Idle} idle   {pool.Opening} opening   {pool.Waiting} waiting"
        + $"   {Day.Replaced(pool)} replaced\n{day.Tally.AnsweredCount:N0} answered");

    static Text Failures(Day day)
    {
        var failures = day.Tally.Failures.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Value} {kind.Key}");
        return new Text($"callers saw {string.Join(", ", failures.DefaultIfEmpty("no failure"))}");
    }

    static string ColorOf(SlotState state) => state switch
    {
        SlotState.Leased => "green",
        SlotState.Idle => "blue",
        SlotState.Opening => "yellow",
        SlotState.Doomed or SlotState.Closing => "red",
        _ => "grey",
    };
}
