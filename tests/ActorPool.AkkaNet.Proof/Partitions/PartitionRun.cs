using ActorPool.Budgets.Cluster.Runs;
using ActorPool.Servers;

namespace ActorPool.AkkaNet.Proof.Partitions;

/// <summary>Real nodes, a real server whose connections are counted, and networks that come apart.</summary>
sealed class PartitionRun(RunSettings settings, AkkaEngine engine, TextWriter output, CancellationToken interrupted)
{
    public async Task<int> RunAsync()
    {
        if (Networks.FindObstacle() is { } obstacle)
        {
            Console.Error.WriteLine($"Left out: {obstacle}");
            return settings.IsStrict && RequiredServer.AreRequired ? 1 : 0;
        }

        output.WriteLine($"{engine.Name}, in network namespaces: a budget of {settings.Connections}, seed {settings.Seed}");
        var findings = new Findings();
        var figures = new PartitionFigures();
        try
        {
            await using var networks = await Networks.CreateAsync();
            engine.AddressOf = networks.AddressOf;
            await using var servers = await Budgets.Cluster.Runs.Servers.StartAsync(settings.Engine, Networks.Server);
            await using var counter = new SessionCounter(servers.Counted, NodeGroup.BudgetName, settings.Connections);
            await using var nodes = new NodeGroup(settings, servers, output, networks.CommandFor);
            var story = new PartitionStory(settings, networks, nodes, counter, findings, figures, interrupted);
            await story.BeginAsync();
            await story.PlayAsync();
            Judge(nodes, counter, findings, figures);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            output.WriteLine("interrupted");
            return 1;
        }

        return settings.IsStrict && findings.Broken.Count > 0 ? 1 : 0;
    }

    void Judge(NodeGroup nodes, SessionCounter counter, Findings findings, PartitionFigures figures)
    {
        var rule = new BudgetRule(nodes, counter, findings, settings.Connections);
        rule.Check(output);
        output.WriteLine(
            $"""

            {rule.Figures}
            a node cut off might use its grants    {Findings.Describe(figures.LastHeld)}
            its last answer                        {Findings.Describe(figures.LastAnswers)}
            its last session at the server         {Findings.Describe(figures.LastSessions)}
            the cut off have ended themselves      {Findings.Describe(figures.Ended)}
            theirs in use by the others            {Findings.Describe(figures.MinorityBack)}
            where the keeper was cut off           {Findings.Describe(figures.KeeperBack)}
            another keeper                         {Findings.Describe(figures.NewKeeper)}
            majority without a query               {Findings.Describe(figures.Silence)}
            where the keeper was cut off           {Findings.Describe(figures.KeeperSilence)}
            all work again after the healing       {Findings.Describe(figures.Healed)}
            after a short cut                      {Findings.Describe(figures.HealedEarly)}
            nodes cut off / fenced                 {nodes.CutOffs} / {nodes.TimesFenced}
            queries answered / failed              {nodes.Queries} / {nodes.Failed}
            """);
        findings.Tell(output);
    }
}
