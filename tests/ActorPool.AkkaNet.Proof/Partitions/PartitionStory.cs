using System.Diagnostics;
using ActorPool.Budgets.Cluster.Nodes;
using ActorPool.Budgets.Cluster.Runs;

namespace ActorPool.AkkaNet.Proof.Partitions;

/// <summary>Cuts through the cluster, one after the other, each with what has to come of it. All nodes want everything all the time.</summary>
sealed class PartitionStory(
    RunSettings settings, Networks networks, NodeGroup nodes, SessionCounter counter, Findings findings, PartitionFigures figures, CancellationToken interrupted)
{
    const int MinoritySize = 2;

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan NoticedWithin = OwnEngine.Current!.NoticedWithin;

    // What the minority had is given to others after that, by the book.
    static readonly TimeSpan Reclaimed = NodeSettings.Lifetime + NodeSettings.Margin;

    // A last beat may be as young as the cut; who watches it sees it late, fences, and tells others, who open connections.
    static readonly TimeSpan BackWithin = Reclaimed + (Second * 3);

    // Another keeper has to be found first, and gives nothing for as long as others may hold what it does not know.
    static readonly TimeSpan KeeperBackWithin = NoticedWithin + BackWithin + Reclaimed;

    static readonly TimeSpan CutFor = NoticedWithin + Reclaimed;
    static readonly TimeSpan Patience = KeeperBackWithin * 2;

    static readonly double RenewedMs = (NodeSettings.Lifetime - NodeSettings.Closing - (NodeSettings.Renewal * 1.2)).TotalMilliseconds;

    readonly Random _random = new(settings.Seed);
    int _joined;

    /// <summary>Starts a node in each place, and waits until the book is older than a lifetime.</summary>
    public async Task BeginAsync()
    {
        for (var place = 0; place < Networks.Places; place++)
        {
            Join();
        }

        await AllWorkAsync("after the start");
        nodes.Say($"{Networks.Places} nodes in namespaces of their own share {settings.Connections}: {Shares(nodes.Live)}");
    }

    /// <summary>Plays everything once, in an order of the seed's, and goes on until the time is over.</summary>
    public Task PlayAsync() => Rounds.PlayAsync(
        [() => CutOffAsync(isKeeper: true), () => CutOffAsync(isKeeper: false), CutOffShortlyAsync], settings.Length, _random);

    /// <summary>For long enough that the minority is removed.</summary>
    async Task CutOffAsync(bool isKeeper)
    {
        var cut = await CutAsync(isKeeper);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var silence = LongestSilenceAsync(cut.Majority, over.Token);
        var back = UntilAsync(() => Size(cut.Majority) == settings.Connections);
        var keeper = UntilAsync(() => cut.Majority.Any(static node => node.Status.IsKeeper));
        var ended = UntilAsync(() => cut.Minority.All(static node => node.HasEnded));
        await Task.WhenAll(back, keeper, ended, Task.Delay(CutFor, TimeProvider.System, interrupted));
        await over.CancelAsync();
        var late = counter.TakeLateness();

        CheckStopped(cut, late);
        foreach (var node in cut.Minority)
        {
            // A connection that is closed while it works may be open at the server until somebody ends it: before others have its grant.
            Note(figures.LastSessions, counter.LastSeen(node.ClientName) - cut.At, await back ?? Patience, $"the last session of {node.Name} was seen");
        }

        Note(figures.Ended, await ended, NoticedWithin + Second + late, "the minority has ended itself");
        Note(isKeeper ? figures.KeeperBack : figures.MinorityBack, await back, (isKeeper ? KeeperBackWithin : BackWithin) + late, $"what the minority had ({cut.Had}) is in use by the majority");
        if (isKeeper)
        {
            Note(figures.NewKeeper, await keeper, NoticedWithin + Second + late, "the majority has another keeper");
        }

        Note(isKeeper ? figures.KeeperSilence : figures.Silence, await silence, (isKeeper ? KeeperBackWithin : Second) + late, "the majority answered no query at most");
        nodes.Say($"cut for {(TimeProvider.System.GetUtcNow() - cut.At).TotalSeconds:0.0} s (the machine was {late.TotalMilliseconds:0} ms late): {Shares(cut.Majority)}");
        await HealAsync(cut, figures.Healed);
    }

    /// <summary>The keeper's side, for longer than a lifetime, and not for as long as it takes to be removed: for that time nobody has anything.</summary>
    async Task CutOffShortlyAsync()
    {
        var cut = await CutAsync(isKeeper: true);
        await Task.Delay(Reclaimed + (Second / 2), TimeProvider.System, interrupted);
        var late = counter.TakeLateness();
        CheckStopped(cut, late);
        foreach (var node in cut.Majority)
        {
            Expect(node.HeldUntil - cut.At <= NodeSettings.Lifetime + Second + late, $"{node.Name} was told that it may go on where nobody could tell it");
        }

        nodes.Say($"cut for {(TimeProvider.System.GetUtcNow() - cut.At).TotalSeconds:0.0} s: {Shares(nodes.Live)}");
        await HealAsync(cut, figures.HealedEarly);
    }

    async Task<Cut> CutAsync(bool isKeeper)
    {
        await AllWorkAsync("before a cut");
        var keepers = nodes.Live.Where(static node => node.Status.IsKeeper).ToList();
        Expect(keepers.Count == 1, $"{keepers.Count} nodes say that they keep the book");
        var others = nodes.Live.Except(keepers).OrderBy(_ => _random.Next());
        NodeProcess[] minority = [.. (isKeeper ? keepers.Concat(others) : others).Take(MinoritySize)];
        NodeProcess[] majority = [.. nodes.Live.Except(minority)];
        counter.TakeLateness();
        await networks.CutOffAsync(minority.Select(static node => node.Name));
        var cut = new Cut(TimeProvider.System.GetUtcNow(), minority, majority, Size(minority), minority.Sum(static node => node.Joins));
        nodes.Say($"cut off: {Shares(minority)}{(isKeeper ? $", among them {minority[0].Name}, which keeps the book" : "")}");
        return cut;
    }

    /// <summary>Nothing is acknowledged on the minority's side after the cut, so that its nodes hold nothing after their deadlines.</summary>
    void CheckStopped(Cut cut, TimeSpan late)
    {
        foreach (var node in cut.Minority)
        {
            Note(figures.LastHeld, node.HeldUntil - cut.At, NodeSettings.Lifetime + Second + late, $"{node.Name}, cut off, might use its grants for the last time");
            Note(figures.LastAnswers, node.AnsweredAt - cut.At, NodeSettings.Lifetime + Second + late, $"{node.Name}, cut off, had its last answer");
            var begun = counter.Begun(node.ClientName, cut.At + NodeSettings.Lifetime, DateTimeOffset.MaxValue).Count;
            Expect(begun == 0, $"{node.Name}, cut off, began {begun} sessions after its deadline");
        }

        Expect(cut.Minority.Sum(static node => node.Joins) == cut.Joins, "a node joined the book on the side of the minority");
    }

    async Task HealAsync(Cut cut, List<TimeSpan> times)
    {
        var since = Stopwatch.GetTimestamp();
        await networks.HealAsync(cut.Minority.Select(static node => node.Name));
        await AllWorkAsync("after the healing");
        times.Add(Stopwatch.GetElapsedTime(since));
        nodes.Say($"healed, all work again after {times[^1].TotalSeconds:0.00} s: {Shares(nodes.Live)}");
    }

    NodeProcess Join()
    {
        var node = nodes.Start($"node-{(char)('a' + (_joined++ % 26))}");
        node.Churn(settings.Connections);
        return node;
    }

    /// <summary>The others have gone on without them: whoever runs such nodes starts others.</summary>
    void ReplaceEnded()
    {
        var ended = nodes.Live.Where(static node => node.HasEnded).ToList();
        foreach (var node in ended)
        {
            nodes.Remove(node);
            networks.Release(node.Name);
        }

        foreach (var node in ended)
        {
            nodes.Say($"{node.Name} has ended; {Join().Name} is started in its place");
        }
    }

    async Task AllWorkAsync(string when)
    {
        var took = await UntilAsync(() =>
        {
            ReplaceEnded();
            return Size(nodes.Live) == settings.Connections && nodes.Live.All(IsWell) && nodes.Live.Count(static node => node.Status.IsKeeper) == 1;
        });
        Expect(took is not null, $"not all of the budget is in use, or not by all, {when}: {Shares(nodes.Live)}");
    }

    /// <summary>The longest time in which none of them had an answer, until it is over.</summary>
    static async Task<TimeSpan> LongestSilenceAsync(NodeProcess[] group, CancellationToken over)
    {
        var longest = TimeSpan.Zero;
        while (!over.IsCancellationRequested)
        {
            var before = group.Sum(static node => node.Status.Queries);
            var since = Stopwatch.GetTimestamp();
            try
            {
                await NodeGroup.UntilAsync(() => group.Sum(static node => node.Status.Queries) > before, Patience, over);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                // What began and has not ended counts too.
            }

            var took = Stopwatch.GetElapsedTime(since);
            longest = took > longest ? took : longest;
        }

        return longest;
    }

    Task<TimeSpan?> UntilAsync(Func<bool> isSo) => NodeGroup.UntilAsync(isSo, Patience, interrupted);

    void Note(List<TimeSpan> times, TimeSpan? took, TimeSpan within, string what)
    {
        if (took is { } time)
        {
            times.Add(time);
            nodes.Say($"{what} after {time.TotalSeconds:0.00} s");
        }

        Expect(took <= within, $"{what} {(took is null ? "never" : $"after {took.Value.TotalSeconds:0.00} s")}, and not within {within.TotalSeconds:0.00} s");
    }

    void Expect(bool isSo, string broken)
    {
        if (!isSo)
        {
            nodes.Say($"BROKEN: {broken}");
            findings.Broken.Add(broken);
        }
    }

    static bool IsWell(NodeProcess node) => !node.HasEnded && node.Status is { Size: > 0 } && node.Status.DeadlineMs > RenewedMs;

    static int Size(IEnumerable<NodeProcess> group) => group.Sum(static node => node.Status.Size);

    static string Shares(IEnumerable<NodeProcess> group) => string.Join(", ", group.Select(static node => $"{node.Name} {node.Status.Size}"));

    /// <param name="At">When nothing arrived any more.</param>
    /// <param name="Minority">Who was cut off.</param>
    /// <param name="Majority">The others.</param>
    /// <param name="Had">How many connections the minority had.</param>
    /// <param name="Joins">How often its nodes had joined the book.</param>
    sealed record Cut(DateTimeOffset At, NodeProcess[] Minority, NodeProcess[] Majority, int Had, int Joins);
}
