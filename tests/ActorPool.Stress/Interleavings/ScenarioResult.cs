using System.Globalization;

namespace ActorPool.Stress;

/// <summary>How often each outcome of a scenario was seen.</summary>
sealed record ScenarioResult(
    Scenario Scenario,
    OutcomeTable Outcomes,
    int Actors,
    int Crews,
    ulong Seed,
    TimeSpan Time,
    long Runs,
    IReadOnlyDictionary<Outcome, long> Counts)
{
    /// <summary>Whether an actor did not come back.</summary>
    public bool IsStuck { get; init; }

    /// <summary>What an actor threw; null if none did.</summary>
    public Exception? Error { get; init; }

    /// <summary>The outcomes that were seen and are forbidden.</summary>
    public IEnumerable<OutcomeRow> Broken =>
        Counts.Keys.Select(Outcomes.Find).Where(row => row.Verdict == Verdict.Forbidden);

    /// <summary>The outcomes that are allowed and were not seen.</summary>
    public IEnumerable<OutcomeRow> NeverSeen =>
        Outcomes.Rows.Where(row => row.Verdict != Verdict.Forbidden && !Counts.ContainsKey(row.Outcome));

    /// <summary>Whether every promise was kept.</summary>
    public bool IsGood => !IsStuck && Error is null && !Broken.Any();

    /// <summary>Which scenario it is, and with whom.</summary>
    public string Title => $"{Scenario.Name} with {(Crews == 1 ? "" : $"{Crews} × ")}{Actors} threads";

    /// <summary>The result in lines: every outcome that is allowed or was seen.</summary>
    public IEnumerable<string> ToLines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{Title}: {Runs:N0} runs in {Time.TotalSeconds:0.0} s");
        yield return $"  {Scenario.About} ({string.Join(", ", Outcomes.Columns)})";
        var unknown = Counts.Keys.Except(Outcomes.Rows.Select(row => row.Outcome)).Select(Outcomes.Find);
        foreach (var row in Outcomes.Rows.Concat(unknown))
        {
            var count = Counts.GetValueOrDefault(row.Outcome);
            if (count > 0 || row.Verdict != Verdict.Forbidden)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {(count > 0 ? $"{count:N0}" : "never seen"),15}  {row.Outcome.ToString(Outcomes.Columns.Count),-16} {row.Verdict,-11} {row.Reason}");
            }
        }

        if (Error is not null)
        {
            yield return $"  an actor threw {Error}";
        }

        if (IsStuck)
        {
            yield return "  stuck: an actor does not come back";
        }

        if (!IsGood)
        {
            yield return $"  FORBIDDEN: {Title}, seed {Seed}";
        }
    }
}
