namespace ActorPool.Faults;

/// <summary>What became of one subject under one fault.</summary>
sealed class CellResult
{
    /// <summary>Calls that were answered, and right.</summary>
    public int Served;

    /// <summary>Calls that failed.</summary>
    public int Failed;

    /// <summary>Calls that were given another call's answer.</summary>
    public int Wrong;

    /// <summary>The longest that a call has taken to fail.</summary>
    public TimeSpan LongestFailure { get; set; }

    /// <summary>From the end of the fault until every slot had a connection that worked.</summary>
    public TimeSpan Recovery { get; set; }

    /// <summary>What must not be; empty if all is well.</summary>
    public List<string> Violations { get; } = [];
}
