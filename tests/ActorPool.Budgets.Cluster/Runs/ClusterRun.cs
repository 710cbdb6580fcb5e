using ActorPool.Budgets.Cluster.Nodes;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>Real nodes, a real server whose connections are counted, a real engine, and what goes wrong with them.</summary>
sealed class ClusterRun(RunSettings settings, TextWriter output)
{
    public async Task<int> RunAsync()
    {
        output.WriteLine($"{(settings.Engine == EngineKind.Nodes ? OwnEngine.Current!.Name : settings.Engine)}, {(settings.HasFence ? "with a fence" : "without a fence")}: a budget of {settings.Connections}, seed {settings.Seed}");
        var findings = new Findings();
        await using var servers = await Servers.StartAsync(settings.Engine);
        await using var counter = new SessionCounter(servers.Counted, NodeGroup.BudgetName, settings.Connections);
        await using var nodes = new NodeGroup(settings, servers, output);
        var story = new Story(settings, servers, nodes, counter, findings);
        await story.BeginAsync();
        await story.PlayAsync();
        Judge(nodes, counter, findings);
        return settings.IsStrict && findings.Broken.Count > 0 ? 1 : 0;
    }

    void Judge(NodeGroup nodes, SessionCounter counter, Findings findings)
    {
        var rule = new BudgetRule(nodes, counter, findings, settings.Connections);
        rule.Check(output);
        output.WriteLine(
            $"""

            {rule.Figures}
            unused grants to a node that starves   {Findings.Describe(findings.UnusedMoves)}
            the same, just given up                {Findings.Describe(findings.HotMoves)}
            of a node that left                    {Findings.Describe(findings.LeftBack)}
            of a killed node                       {Findings.Describe(findings.KilledBack)}
            of a frozen node                       {Findings.Describe(findings.FrozenBack)}
            where the book was kept by that node   {Findings.Describe(findings.KeeperBack)}
            a continued node joins again after     {Findings.Describe(findings.ThawedJoined)}
            sessions that it began before that     {findings.LateOpens.Count}
            all in use after the engine came back  {Findings.Describe(findings.EngineBack)}
            nodes cut off / fenced                 {nodes.CutOffs} / {nodes.TimesFenced}
            queries answered / failed              {nodes.Queries} / {nodes.Failed}
            """);
        findings.Tell(output);
    }
}
