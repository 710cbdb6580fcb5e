namespace ActorPool.Stress;

/// <summary>
/// Which outcomes a scenario may have. What is not in it is forbidden; what is allowed ought to be seen, or the scenario has
/// shown only one order of what it lets meet.
/// </summary>
/// <param name="columns">What the numbers of an outcome say.</param>
sealed class OutcomeTable(params string[] columns)
{
    readonly Dictionary<Outcome, OutcomeRow> _rows = [];

    /// <summary>What the numbers of an outcome say.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>Every outcome that is spoken of, in the order in which it was added.</summary>
    public IEnumerable<OutcomeRow> Rows => _rows.Values;

    public OutcomeTable Acceptable(Outcome outcome, string reason) => Add(outcome, Verdict.Acceptable, reason);

    public OutcomeTable Interesting(Outcome outcome, string reason) => Add(outcome, Verdict.Interesting, reason);

    /// <summary>Names what would have gone wrong. An outcome that is left out is forbidden as well.</summary>
    public OutcomeTable Forbidden(Outcome outcome, string reason) => Add(outcome, Verdict.Forbidden, reason);

    /// <summary>The row of an outcome.</summary>
    public OutcomeRow Find(Outcome outcome) =>
        _rows.GetValueOrDefault(outcome) ?? new OutcomeRow(outcome, Verdict.Forbidden, "not in the table");

    OutcomeTable Add(Outcome outcome, Verdict verdict, string reason)
    {
        _rows.Add(outcome, new OutcomeRow(outcome, verdict, reason));
        return this;
    }
}
