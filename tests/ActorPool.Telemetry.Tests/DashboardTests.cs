using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorPool.Telemetry.Tests;

/// <summary>The Grafana dashboard asks for metrics that there are, as Prometheus calls them.</summary>
public sealed partial class DashboardTests : IDisposable
{
    readonly JsonDocument _dashboard = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("grafana/actorpool.json")));

    public void Dispose() => _dashboard.Dispose();

    [Fact]
    public void Every_metric_that_it_asks_for_is_one_that_is_published()
    {
        var published = Repository.Instruments().SelectMany(NamesInPrometheus).ToHashSet(StringComparer.Ordinal);
        var asked = Queries().SelectMany(static query => MetricName().Matches(query)).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(asked.Except(published));
    }

    [Fact]
    public void Every_metric_that_is_published_is_shown()
    {
        var queries = string.Join('\n', Queries());

        // The maximum of idle ones is the maximum for all but a few.
        Assert.All(
            Repository.Instruments().Where(static instrument => instrument.Name != "db.client.connection.idle.max"),
            instrument => Assert.Contains(NamesInPrometheus(instrument), name => Regex.IsMatch(queries, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public void Every_label_is_one_that_the_metrics_have()
    {
        string[] labels =
        [
            "db_client_connection_pool_name", "db_client_connection_state", "actorpool_acquire_outcome", "actorpool_close_reason",
            "actorpool_group_name", "actorpool_budget_name", "actorpool_budget_node", "le",
        ];
        var asked = Queries().SelectMany(static query => Grouping().Matches(query)).SelectMany(static match => match.Groups["labels"].Value.Split(", "));

        Assert.Empty(asked.Except(labels));
        Assert.All(Queries().Where(static query => !query.Contains("_group_", StringComparison.Ordinal) && !query.Contains("_budget_name", StringComparison.Ordinal)), static query =>
            Assert.Contains("db_client_connection_pool_name=~\"$pool\"", query, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_panels_have_numbers_of_their_own_titles_and_the_chosen_data_source_and_do_not_overlap()
    {
        var panels = _dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.Equal(panels.Count, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, static panel => Assert.NotEmpty(panel.GetProperty("title").GetString()!));
        Assert.All(Charts(), static panel => Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString()));
        var cells = panels.SelectMany(static panel => CellsOf(panel.GetProperty("gridPos"))).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.Equal(["datasource", "pool"], _dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Select(static variable => variable.GetProperty("name").GetString()));
    }

    /// <summary>
    /// As OpenTelemetry's specification translates names for Prometheus: dots to underscores, the unit's word, "_total" for a
    /// counter, and what a histogram is made of.
    /// </summary>
    static IEnumerable<string> NamesInPrometheus(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument switch
        {
            Histogram<double> => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            ObservableCounter<long> => [$"{name}_total"],
            _ => [name],
        };
    }

    IEnumerable<JsonElement> Charts() =>
        _dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(static panel => panel.GetProperty("type").GetString() != "row");

    List<string> Queries() =>
        [.. Charts().SelectMany(static panel => panel.GetProperty("targets").EnumerateArray()).Select(static target => target.GetProperty("expr").GetString()!)];

    static IEnumerable<(int X, int Y)> CellsOf(JsonElement place) =>
        from x in Enumerable.Range(place.GetProperty("x").GetInt32(), place.GetProperty("w").GetInt32())
        from y in Enumerable.Range(place.GetProperty("y").GetInt32(), place.GetProperty("h").GetInt32())
        select (x, y);

    // A metric's name stands before its labels, or alone in an aggregation; labels stand elsewhere.
    [GeneratedRegex(@"\b(db_client|actorpool)_\w+(?=[{\[])|(?<=\()(?<!by \()(db_client|actorpool)_(group|budget)_\w+(?=\))", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"by \((?<labels>[^)]+)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Grouping();
}
