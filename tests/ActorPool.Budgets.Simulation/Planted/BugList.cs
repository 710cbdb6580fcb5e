namespace ActorPool.Budgets.Simulation.Planted;

/// <summary>What the simulation must find, and within how many seeds.</summary>
static class BugList
{
    const string Agent = "ActorPool.Budgets/Node/GrantAgent.cs";
    const string Answers = "ActorPool.Budgets/Node/GrantAgent.Answers.cs";
    const string Deadline = "ActorPool.Budgets/Node/GrantAgent.Deadline.cs";
    const string Joining = "ActorPool.Budgets/Node/GrantAgent.Joining.cs";
    const string Reconciling = "ActorPool.Budgets/Node/GrantAgent.Reconciling.cs";
    const string Watching = "ActorPool.Budgets/Node/GrantAgent.Watching.cs";
    const string Book = "ActorPool.Budgets/Book/GrantBook.cs";
    const string PoolsDeadline = "ActorPool/BudgetDeadline.cs";
    const string Moment = "ActorPool/BudgetMoment.cs";

    public static Bug[] All { get; } =
    [
        new("The deadline is counted from the answer, not from the request", "NothingAfterTheDeadline", 2_000,
            (Answers, "_renewed = request.Sent;", "_renewed = BudgetMoment.Now(_time);")),
        new("Others wait no margin", "WithinBudget", 20_000,
            (Watching, "TimeSpan SilenceMax => _settings.Lifetime + _settings.Margin;", "TimeSpan SilenceMax => _settings.Lifetime;")),
        new("Others' silence is measured by the wall clock", "WithinBudget", 2_000,
            (Agent, "TimeSpan Now => _time.GetElapsedTime(_started);", "TimeSpan Now => new(_time.GetUtcNow().Ticks - (638_000_000_000_000_000 + (_started - _started)));")),
        new("Others' silence is measured by the larger of two clocks", "WithinBudget", 2_000,
            (Agent, "readonly long _started;", "readonly BudgetMoment _started;"),
            (Agent, "_started = time.GetTimestamp();", "_started = BudgetMoment.Now(time);"),
            (Agent, "TimeSpan Now => _time.GetElapsedTime(_started);", "TimeSpan Now => _started.Elapsed(_time);")),
        new("Nobody asks the fence, or waits", "WithinBudget", 2_000,
            (Watching, "bool IsGone(Observation fenced)\n    {", "bool IsGone(Observation fenced)\n    {\n        if (fenced is not null)\n        {\n            return true;\n        }\n")),
        new("A fence that was confirmed once is confirmed for ever", "WithinBudget", 20_000,
            (Watching, "confirmed.Version == fenced.Entry.Version", "confirmed.Record.Client == fenced.Entry.Record.Client")),
        new("The fence does not compare the version of the record", "WithinBudget", 2_000,
            (Book, "key, [silent.Expected], [Write(silent.Key", "key, [], [Write(silent.Key")),
        new("Another incarnation is taken for the same", "WithinBudget", 2_000,
            (Reconciling, " || book.Incarnation != page.Incarnation)", ")")),
        new("Grants flow again at once after writes were lost", "WithinBudget", 2_000,
            (Reconciling, "if (since < SilenceMax + _settleJitter)", "if (since < TimeSpan.Zero)"),
            (Reconciling, "if ((record.IsNew && !_settings.HasFence) || ", "if (since >= TimeSpan.Zero || ")),
        new("The deadline has passed when a timer says so, not when the clocks do", "NothingAfterTheDeadline", 2_000,
            (PoolsDeadline, "return due is null || due.HasPassed(_time);", "return due is null;")),
        new("The deadline is that of the monotonic clock alone", "NothingAfterTheDeadline", 2_000,
            (Moment, "time.GetTimestamp() >= _timestamp || time.GetUtcNow().UtcTicks >= _utcTicks;", "time.GetTimestamp() >= _timestamp;")),
        new("What may have been given back is used again", "WithinBudget", 2_000,
            (Answers, "_ceiling = Math.Min(_ceiling, own.Held);", "_ = own;")),
        new("What pools said of an earlier limit is taken for an answer to the last", "WithinBudget", 20_000,
            (Deadline, "bool IsHeard => _limitsHeard >= _limitsTold;", "bool IsHeard => _limitsHeard >= 0;")),
        new("Who joins again counts its beats from the beginning", "WithinBudget", 20_000,
            (Joining, "Client = _settings.ClientName, Beat = _lastBeat + 1,", "Client = _settings.ClientName, Beat = 1,"),
            (Book, "Math.Max(node.Record.Beat, LastBeat) + 1", "node.Record.Beat + 1")),
    ];
}
