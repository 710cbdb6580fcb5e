namespace ActorPool.AkkaNet.Proof.Partitions;

/// <summary>What was measured, each from the moment of the cut if not said otherwise.</summary>
sealed class PartitionFigures
{
    /// <summary>Until the server saw the last session of a node that was cut off.</summary>
    public List<TimeSpan> LastSessions { get; } = [];

    /// <summary>Until the last moment up to which such a node ever said that it may use its grants.</summary>
    public List<TimeSpan> LastHeld { get; } = [];

    /// <summary>Until the last answer that such a node had.</summary>
    public List<TimeSpan> LastAnswers { get; } = [];

    /// <summary>Until all nodes of the minority had ended themselves.</summary>
    public List<TimeSpan> Ended { get; } = [];

    /// <summary>Until all that the minority had is used by the majority.</summary>
    public List<TimeSpan> MinorityBack { get; } = [];

    /// <summary>The same, where the keeper was among the minority.</summary>
    public List<TimeSpan> KeeperBack { get; } = [];

    /// <summary>Until the majority had a keeper again.</summary>
    public List<TimeSpan> NewKeeper { get; } = [];

    /// <summary>The longest time without an answered query in the majority.</summary>
    public List<TimeSpan> Silence { get; } = [];

    /// <summary>The same, where the keeper was among the minority.</summary>
    public List<TimeSpan> KeeperSilence { get; } = [];

    /// <summary>From the healing until all of the budget was in use again, by as many nodes as before.</summary>
    public List<TimeSpan> Healed { get; } = [];

    /// <summary>The same, where it healed before anybody had been removed.</summary>
    public List<TimeSpan> HealedEarly { get; } = [];
}
