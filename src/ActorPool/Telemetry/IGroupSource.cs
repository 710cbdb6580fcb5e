namespace ActorPool.Telemetry;

/// <summary>A replica group that metrics are read from.</summary>
interface IGroupSource
{
    /// <summary>The group's name.</summary>
    string Name { get; }

    /// <summary>The group's numbers; from outside any turn. Null if there are none at this moment.</summary>
    GroupNumbers? Read();
}
