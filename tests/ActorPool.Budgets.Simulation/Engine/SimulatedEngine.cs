using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Engine;

/// <summary>An engine as <see cref="IGrantStore"/> describes it, and what may happen to one: it stops, it restarts, it forgets.</summary>
sealed class SimulatedEngine(World world)
{
    /// <summary>So many of its former states it could be rolled back to.</summary>
    const int HistoryMax = 400;

    static readonly GrantReply Nothing = new(IsCommitted: false, 0, "", 0, []);

    readonly List<EngineState> _history = [EngineState.Empty];
    long _version;
    int _life = 1;

    public EngineState State { get; private set; } = EngineState.Empty;

    public string Incarnation { get; private set; } = "life 1";

    /// <summary>Whether it answers nobody.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether those who ask while it is down are told so, or hear nothing.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether there is anything that it could forget.</summary>
    public bool HasHistory => _history.Count > 1;

    /// <summary>What it has from before.</summary>
    public void Begin(string key, string value)
    {
        State = State.With([new GrantWrite(key, value)], ++_version);
        _history.Clear();
        _history.Add(State);
        world.RolledBack();
    }

    /// <summary>Compares, writes and reads, in one step.</summary>
    /// <param name="transaction">What.</param>
    /// <param name="writer">Whose; the checks want to know.</param>
    public GrantReply Commit(GrantTransaction transaction, NodeProcess writer)
    {
        var isCommitted = Holds(transaction);
        var version = 0L;
        if (isCommitted && transaction.Writes.Count > 0)
        {
            var before = State;
            State = State.With(transaction.Writes, ++_version);
            version = _version;
            _history.Add(State);
            if (_history.Count > HistoryMax)
            {
                _history.RemoveRange(0, HistoryMax / 2);
            }

            world.Committed(before, transaction, writer);
        }

        return Nothing with { IsCommitted = isCommitted, Version = version, Incarnation = Incarnation, Revision = State.Revision, Records = State.Read(transaction) };
    }

    /// <summary>What it was so many writes ago, or as long as it remembers.</summary>
    public EngineState Before(int writes)
    {
        var index = Math.Max(0, _history.Count - 1 - writes);

        // Who has lost everything is new, and nobody can tell how long others stand still.
        return !world.Options.HasFence && index == 0 && _history[0].Records.Length == 0 ? _history[Math.Min(1, _history.Count - 1)] : _history[index];
    }

    /// <summary>It loses its last writes.</summary>
    /// <param name="writes">How many, as far as it remembers so many.</param>
    /// <param name="isNewLife">Whether its incarnation tells.</param>
    public void RollBack(int writes, bool isNewLife)
    {
        State = Before(writes);
        var index = _history.IndexOf(State);
        _history.RemoveRange(index + 1, _history.Count - index - 1);
        if (isNewLife)
        {
            Incarnation = $"life {++_life}";
        }

        world.RolledBack();
    }

    bool Holds(GrantTransaction transaction)
    {
        if (world.Options.ChecksIncarnation && transaction.Incarnation is { } expected && expected != Incarnation)
        {
            return false;
        }

        foreach (var expectation in transaction.Expected)
        {
            if ((State.Find(expectation.Key)?.Version ?? 0) != expectation.Version)
            {
                return false;
            }
        }

        return true;
    }
}
