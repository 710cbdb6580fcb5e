using System.Text.Json;
using ActorPool.Dashboard.Tests.Hosting;

namespace ActorPool.Dashboard.Tests.Live;

/// <summary>What the stream tells of budgets over many machines, and when.</summary>
public sealed class BudgetStreamTests
{
    [Fact]
    public async Task A_budget_is_told_with_all_its_nodes_and_again_only_when_it_has_changed()
    {
        await using var host = await DashboardHost.StartAsync();
        var budget = new ScriptedBudget("shop", host.Runtime);
        host.AddPool("orders", options => options.Budget = budget);
        host.AddPool("customers", options => options.Budget = budget);
        using var events = await EventReader.OpenAsync(host.Client);

        var told = Assert.Single(Budgets(await events.PictureAsync())!);
        Assert.Equal(("shop", "active", 200, 31), (Text(told, "name"), Text(told, "state"), Number(told, "connections"), Number(told, "free")));
        Assert.Equal((12, 15, 9, 7000), (Number(told, "held"), Number(told, "wanted"), Number(told, "used"), Number(told, "deadlineMs")));
        var nodes = told.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(["web-1", "web-2", "web-3"], nodes.Select(node => Text(node, "name")));
        Assert.True(nodes[0].GetProperty("isThis").GetBoolean());
        Assert.Equal((150, 180, 2000), (Number(nodes[1], "held"), Number(nodes[1], "wanted"), Number(nodes[1], "silentMs")));
        Assert.True(nodes[2].GetProperty("isFenced").GetBoolean());

        Assert.Null(Budgets(await events.PictureAsync()));
        budget.Now = budget.Now with { State = ClusterBudgetState.Late, LastError = "no route to db.internal" };
        var late = Assert.Single(Budgets(await events.PictureAsync(picture => Budgets(picture) is not null))!);

        Assert.Equal(("late", "no route to db.internal"), (Text(late, "state"), Text(late, "error")));
    }

    [Fact]
    public async Task A_budget_goes_with_its_last_pool()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders", options => options.Budget = new ScriptedBudget("shop", host.Runtime));
        using var events = await EventReader.OpenAsync(host.Client);
        await events.PictureAsync(picture => Budgets(picture) is { Count: 1 });

        await pool.DrainAsync();

        await events.PictureAsync(picture => Budgets(picture) is { Count: 0 });
    }

    [Fact]
    public async Task Of_very_many_nodes_those_are_told_that_are_in_trouble()
    {
        await using var host = await DashboardHost.StartAsync();
        var budget = new ScriptedBudget("shop", host.Runtime);
        budget.Now = budget.Now with
        {
            Nodes =
            [
                .. Enumerable.Range(0, 1000).Select(static number => new ClusterNodeSnapshot(
                    $"web-{number:000}", $"shop/web-{number:000}/0", 1, 1, IsThis: number == 500, IsFenced: number == 900, TimeSpan.FromSeconds(number == 700 ? 9 : 1))),
            ],
        };
        host.AddPool("orders", options => options.Budget = budget);
        using var events = await EventReader.OpenAsync(host.Client);

        var told = Assert.Single(Budgets(await events.PictureAsync())!);

        Assert.Equal(1000, Number(told, "nodeCount"));
        var names = told.GetProperty("nodes").EnumerateArray().Select(node => Text(node, "name")).ToList();
        Assert.Equal(200, names.Count);
        Assert.Superset(new HashSet<string?> { "web-500", "web-700", "web-900" }, names.ToHashSet());
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task A_budget_that_cannot_be_looked_at_spoils_its_own_row_alone()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders", options => options.Budget = new ScriptedBudget("broken", host.Runtime) { Error = new InvalidOperationException("no") });
        host.AddPool("customers", options => options.Budget = new ScriptedBudget("sound", host.Runtime));
        using var events = await EventReader.OpenAsync(host.Client);

        var told = Budgets(await events.PictureAsync())!;

        Assert.Equal([("broken", "unknown"), ("sound", "active")], told.Select(budget => (Text(budget, "name")!, Text(budget, "state")!)));
        Assert.Contains("could not be shown", Text(told[0], "error"), StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, line => line.Contains("'broken' could not be shown", StringComparison.Ordinal));
    }

    static List<JsonElement>? Budgets(JsonElement picture) =>
        picture.TryGetProperty("budgets", out var budgets) ? [.. budgets.EnumerateArray()] : null;

    static string? Text(JsonElement from, string name) => from.GetProperty(name).GetString();

    static int Number(JsonElement from, string name) => from.GetProperty(name).GetInt32();
}
