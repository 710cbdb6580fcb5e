using System.Diagnostics;
using ActorPool.Budgets.Cluster.Nodes;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>What happens to the nodes, one thing after the other, each with what has to come of it.</summary>
sealed class Story(RunSettings settings, Servers servers, NodeGroup nodes, SessionCounter counter, Findings findings)
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15) + ((OwnEngine.Current?.NoticedWithin ?? TimeSpan.Zero) * 2);

    // A share goes from the one who asks over the engine to the one who gives, over the engine back, and to the server: each may find the machine late.
    const int Hops = 5;

    // How late each is allowed to find it although this process did not: it is not on the same core.
    static readonly TimeSpan Unseen = TimeSpan.FromMilliseconds(50);

    // After that a node has told that its pools do not use their connections, by the options' default: the settle time, the pools'
    // next look at their wishes (100 ms), and as long as it takes from one wish to the next (the settle time again).
    static readonly TimeSpan Told = TimeSpan.FromMilliseconds(1_200);

    // Who has so much time left has renewed when it had to.
    static readonly double RenewedMs = (NodeSettings.Lifetime - NodeSettings.Closing - (NodeSettings.Renewal * 1.2)).TotalMilliseconds;

    readonly Random _random = new(settings.Seed);
    readonly int _shareable = nodes.SettingsOf("any").Shareable;
    int _joined;

    /// <summary>Starts the first nodes, and waits until the book is older than a lifetime.</summary>
    public async Task BeginAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            nodes.Start(NextName());
        }

        nodes.StarveAll(_shareable);
        var took = await NodeGroup.UntilAsync(() => nodes.Size == _shareable, Patience + NodeSettings.Lifetime + NodeSettings.Margin);
        Expect(took is not null, "the budget was never in use after the start");
        nodes.Say($"five nodes have joined and share {_shareable}: {Shares()}");
    }

    /// <summary>Plays everything once, in an order of the seed's, and goes on until the time is over.</summary>
    public async Task PlayAsync()
    {
        List<Func<Task>> parts =
        [
            UnusedMoveAsync,
            HotMoveAsync,
            UnusedMoveAsync,
            () => LeaveAndJoinAsync(isKeeper: false),
            () => KillAsync(isKeeper: false),
            () => FreezeAsync(isKeeper: false),
            .. servers.Kind switch
            {
                EngineKind.Nodes => [() => LeaveAndJoinAsync(isKeeper: true), () => KillAsync(isKeeper: true), () => FreezeAsync(isKeeper: true)],
                EngineKind.Etcd => [RestartEngineAsync, LoseMemberAsync],
                _ => new Func<Task>[] { RestartEngineAsync },
            },
        ];

        await Rounds.PlayAsync(parts, settings.Length, _random);
    }

    /// <summary>A node stops to want, and has told so when another one begins to.</summary>
    async Task UnusedMoveAsync()
    {
        var (from, to, count) = await BeginMoveAsync();
        _ = from.WantAsync(0);
        await Task.Delay(Told + (Second * _random.NextDouble()), TimeProvider.System);
        var took = await MoveAsync(from, to, count, findings.UnusedMoves, "unused by");
        Expect(took <= Second, $"{count} unused grants took {took?.TotalMilliseconds:0} ms to reach a node that starved");
    }

    /// <summary>A node stops to want, and at the same moment another one begins to.</summary>
    async Task HotMoveAsync()
    {
        var (from, to, count) = await BeginMoveAsync();
        _ = from.WantAsync(0);
        await MoveAsync(from, to, count, findings.HotMoves, "just given up by");
    }

    async Task<(NodeProcess From, NodeProcess To, int Count)> BeginMoveAsync()
    {
        var pair = nodes.Live.OrderBy(_ => _random.Next()).Take(2).ToList();
        var count = _shareable - nodes.Live.Count + 2;
        Task reached = Task.CompletedTask;
        foreach (var node in nodes.Live)
        {
            var wanting = node.WantAsync(node == pair[0] ? count : node == pair[1] ? 0 : 1);
            reached = node == pair[0] ? wanting : reached;
        }

        await Task.WhenAny(reached, Task.Delay(Patience, TimeProvider.System));
        if (!reached.IsCompleted)
        {
            await nodes.LookAsync();
            Expect(false, $"{pair[0].Name} never had the {count} connections that nobody else wanted: {Shares()}");
        }

        counter.TakeLateness();
        return (pair[0], pair[1], count);
    }

    async Task<TimeSpan?> MoveAsync(NodeProcess from, NodeProcess to, int count, List<TimeSpan> times, string how)
    {
        var moved = to.WantAsync(count);
        await Task.WhenAny(moved, Task.Delay(Patience, TimeProvider.System));
        if (!moved.IsCompleted)
        {
            await nodes.LookAsync();
            Expect(false, $"{to.Name} never had the {count} connections that {from.Name} did not use any more: {Shares()}");
            return null;
        }

        var late = counter.TakeLateness();
        times.Add(await moved);
        nodes.Say($"{count} grants, {how} {from.Name}, work for {to.Name} after {(await moved).TotalMilliseconds:0} ms (the machine was {late.TotalMilliseconds:0} ms late)");
        return await moved - ((late > Unseen ? late : Unseen) * Hops);
    }

    /// <summary>A node leaves, and another one comes.</summary>
    async Task LeaveAndJoinAsync(bool isKeeper)
    {
        var node = await StarveAsync(isKeeper);
        var had = node.Status.Size;
        nodes.Remove(node);
        var back = BackAsync(Patience);
        await node.LeaveAsync();
        Report(isKeeper ? findings.KeeperBack : findings.LeftBack, await back, $"{Name(node, isKeeper)} has left in order, with {had}");
        var fresh = await JoinAsync();
        var took = await NodeGroup.UntilAsync(() => fresh.Status.Size > 0, Patience);
        nodes.Say($"{fresh.Name} has its first connection {took?.TotalMilliseconds:0} ms after it joined, where all the others starve: {Shares()}");
        Expect(took is not null, $"{fresh.Name} got nothing beside others that use it all");
    }

    async Task KillAsync(bool isKeeper)
    {
        var node = await StarveAsync(isKeeper);
        var had = node.Status.Size;
        nodes.Remove(node);
        var back = BackAsync(Patience + NodeSettings.Quarantine);
        await node.KillAsync();
        Report(isKeeper ? findings.KeeperBack : findings.KilledBack, await back, $"{Name(node, isKeeper)} was killed, with {had}");
        await JoinAsync();
    }

    /// <summary>A node is frozen for longer than its deadline, and goes on.</summary>
    async Task FreezeAsync(bool isKeeper)
    {
        var node = await StarveAsync(isKeeper);
        var had = node.Status.Size;
        node.Freeze();
        var frozenAt = TimeProvider.System.GetUtcNow();
        if (settings.HasFence)
        {
            Report(isKeeper ? findings.KeeperBack : findings.FrozenBack, await BackAsync(Patience), $"{Name(node, isKeeper)} was frozen, with {had}");
            await Task.Delay((Second * _random.NextDouble()) + (OwnEngine.Current?.NoticedWithin ?? TimeSpan.Zero), TimeProvider.System);
        }
        else
        {
            // For no longer than the quarantine allows: without a fence, that is the promise.
            await Task.Delay(NodeSettings.Lifetime + NodeSettings.Margin + (NodeSettings.Quarantine * (0.5 * _random.NextDouble())), TimeProvider.System);
        }

        await ThawAsync(node, frozenAt);
    }

    async Task ThawAsync(NodeProcess node, DateTimeOffset frozenAt)
    {
        var before = node.Joins;
        var thawedAt = TimeProvider.System.GetUtcNow();
        node.Thaw();
        var took = await NodeGroup.UntilAsync(() => node.HasEnded || (node.Joins > before && node.Status.Size > 0), Patience + NodeSettings.Quarantine);
        if (node.HasEnded && servers.Kind == EngineKind.Nodes)
        {
            await ReplaceAsync(node, thawedAt, frozenAt);
            return;
        }

        Expect(took is not null, $"{node.Name} did not come back after it was continued");
        var joinedAt = node.JoinedAt ?? TimeProvider.System.GetUtcNow();
        if (took is not null)
        {
            findings.ThawedJoined.Add(joinedAt - thawedAt);
        }

        var late = counter.Begun(node.ClientName, thawedAt, joinedAt);
        findings.LateOpens.AddRange(late);
        nodes.Say(
            $"{node.Name} went on after {(thawedAt - frozenAt).TotalSeconds:0.0} s, had joined again after {(joinedAt - thawedAt).TotalMilliseconds:0} ms and works after {took?.TotalMilliseconds:0} ms;"
            + $" {late.Count} sessions began in between");
    }

    /// <summary>The nodes that are the engine have gone on without one: it ends, and another is started.</summary>
    async Task ReplaceAsync(NodeProcess node, DateTimeOffset thawedAt, DateTimeOffset frozenAt)
    {
        var endedAt = TimeProvider.System.GetUtcNow();
        nodes.Remove(node);
        var late = counter.Begun(node.ClientName, thawedAt, endedAt);
        findings.LateOpens.AddRange(late);
        nodes.Say(
            $"{node.Name} went on after {(thawedAt - frozenAt).TotalSeconds:0.0} s, found itself removed and ended after {(endedAt - thawedAt).TotalMilliseconds:0} ms; {late.Count} sessions began in between");
        await JoinAsync();
    }

    /// <summary>The engine goes, for a moment or for longer than a deadline.</summary>
    async Task RestartEngineAsync()
    {
        await StarveAsync();
        var cutOffs = nodes.CutOffs;
        var isLong = _random.Next(2) == 0;
        var since = Stopwatch.GetTimestamp();
        await servers.StopEngineAsync();
        await Task.Delay(isLong ? NodeSettings.Lifetime : TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await servers.StartEngineAsync();
        var away = Stopwatch.GetElapsedTime(since);
        Report(findings.EngineBack, await BackAsync(Patience + NodeSettings.Quarantine), $"the engine was away for {away.TotalSeconds:0.0} s, {nodes.CutOffs - cutOffs} nodes were cut off");
    }

    /// <summary>One of three members is lost for a while, in which grants move.</summary>
    async Task LoseMemberAsync()
    {
        await StarveAsync();
        var cutOffs = nodes.CutOffs;
        var member = _random.Next(servers.Members);
        await servers.KillMemberAsync(member);
        await Task.Delay(Second * (1 + _random.NextDouble()), TimeProvider.System);
        nodes.Say($"member {member} was lost: {nodes.CutOffs - cutOffs} nodes were cut off, {nodes.Size} of {_shareable} connections");
        await UnusedMoveAsync();
        await servers.RunMemberAgainAsync(member);
        nodes.Say($"member {member} is back");
    }

    /// <summary>Every node wants everything. Then there is one for whom something goes wrong.</summary>
    async Task<NodeProcess> StarveAsync(bool isKeeper = false)
    {
        nodes.StarveAll(_shareable);
        var took = await NodeGroup.UntilAsync(() => nodes.Size == _shareable && nodes.Live.All(static node => node.Status is { Size: > 0 } && node.Status.DeadlineMs > RenewedMs), Patience);
        Expect(took is not null, $"not all of the budget is in use, or not by all, where all starve: {Shares()}");
        counter.TakeLateness();
        var chosen = nodes.Live.Where(node => servers.Kind != EngineKind.Nodes || node.Status.IsKeeper == isKeeper).ToList();
        return chosen[_random.Next(chosen.Count)];
    }

    async Task<NodeProcess> JoinAsync()
    {
        var node = nodes.Start(NextName());
        node.Churn(_shareable);
        var took = await NodeGroup.UntilAsync(() => node.Joins > 0, Patience + NodeSettings.Quarantine);
        nodes.Say($"{node.Name} has joined {took?.TotalMilliseconds:0} ms after its process was started");
        Expect(took is not null, $"{node.Name} could not join");
        return node;
    }

    async Task<TimeSpan?> BackAsync(TimeSpan patience)
    {
        // What a dead node's last status said does not count.
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var took = await NodeGroup.UntilAsync(() => nodes.Size == _shareable, patience);
        return took + TimeSpan.FromMilliseconds(50);
    }

    void Report(List<TimeSpan> times, TimeSpan? took, string what)
    {
        if (took is { } time)
        {
            times.Add(time);
            nodes.Say($"{what}; everything was in use by the others after {time.TotalSeconds:0.00} s: {Shares()}");
        }
        else
        {
            Expect(false, $"{what}; the others never got it all: {Shares()}");
        }
    }

    void Expect(bool isSo, string broken)
    {
        if (!isSo)
        {
            nodes.Say($"BROKEN: {broken}");
            findings.Broken.Add(broken);
        }
    }

    static string Name(NodeProcess node, bool isKeeper) => isKeeper ? $"{node.Name}, which kept the book," : node.Name;

    string Shares() => string.Join(", ", nodes.Live.Select(static node => $"{node.Name} {node.Status.Size}"));

    string NextName() => $"node-{(char)('a' + (_joined++ % 26))}";
}
