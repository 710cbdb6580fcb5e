using ActorPool.Budgets.Simulation.Server;

namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>A connection, as its process sees it.</summary>
sealed class SimulatedConnection(NodeProcess process, int number)
{
    ConnectionStage _stage;

    public NodeProcess Process => process;

    public int Number => number;

    public ConnectionStage Stage
    {
        get => _stage;
        set
        {
            _stage = value;
            process.Touch();
        }
    }

    /// <summary>Its other end; null if there is none yet. May be gone without the process's knowing.</summary>
    public Session? Session { get; set; }

    /// <summary>Its pool has to close it: as soon as it is open, or comes back.</summary>
    public bool IsDoomed { get; set; }

    /// <summary>
    /// It was leased when its node was cut off, and is kept until it comes back: <see cref="OnDeadline.KeepLeased"/> promises no more.
    /// </summary>
    public bool IsKept { get; set; }

    /// <summary>Whether its process has looked at its deadline again, after it had opened it, and kept it.</summary>
    public bool WasKept { get; set; }

    /// <summary>How often its process had been paused when the deadline was looked at before it was opened.</summary>
    public int PausesAtCheck { get; init; }

    /// <summary>
    /// Whether its process may use it, or is about to: from the first look at the deadline on, as long as nothing has come between, and
    /// from the second look on in any case, until it is closed at both ends.
    /// </summary>
    public bool MayBeUsed => Stage switch
    {
        ConnectionStage.Checked or ConnectionStage.Connecting => !IsDoomed && process.Pauses == PausesAtCheck && Session is not { IsOpen: false },
        ConnectionStage.Gone => false,
        ConnectionStage.Closing when !WasKept => process.Pauses == PausesAtCheck && Session is { IsOpen: true },
        _ => Session is { IsOpen: true } && !IsKept,
    };

    public override string ToString() => $"{process.Name} #{number}";
}
