namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>
/// No look at the server may see more sessions than the budget. Not counted: those that their node had closed already and that the server had not ended
/// yet, and those that a node began after a freeze, on a check from before it.
/// </summary>
sealed class BudgetRule(NodeGroup nodes, SessionCounter counter, Findings findings, int connections)
{
    const int LooksShown = 10;

    readonly HashSet<CountedSession> _late = [.. findings.LateOpens];

    /// <summary>What was counted, for people.</summary>
    public string Figures =>
        $"""
        most sessions at the server            {counter.Most} of {connections}, {counter.Samples} looks
        looks that saw more                    {counter.Above.Count}, of which with sessions that their node had closed {counter.Above.Count(look => look.Sessions.Any(session => nodes.HasClosed(session, look.At)))}
        most that nobody had closed            {counter.Above.Select(Count).Append(Math.Min(counter.Most, connections)).Max()}
        """;

    /// <summary>Finds the claim broken where it is, and says when, and whose sessions there were.</summary>
    public void Check(TextWriter output)
    {
        var above = counter.Above.Where(look => Count(look) > connections).ToList();
        if (above.Count == 0)
        {
            return;
        }

        findings.Broken.Add($"the budget was exceeded at {above.Count} of {counter.Samples} looks");
        foreach (var look in above.Take(LooksShown))
        {
            var clients = look.Sessions.GroupBy(static session => session.Client).Select(static client => $"{client.Key} {client.Count()}");
            output.WriteLine($"  at {look.At:HH:mm:ss.fff} there were {look.Sessions.Count}: {string.Join(", ", clients)}; the youngest began {look.Sessions.Max(static session => session.StartedAt):HH:mm:ss.fff}");
        }
    }

    int Count(SessionCount look) => look.Sessions.Count(session => !_late.Contains(session) && !nodes.HasClosed(session, look.At));
}
