namespace ActorPool.Benchmarks.Scaling;

/// <summary>Somebody who keeps many sockets open and probes each of them from time to time.</summary>
interface ISocketHolder
{
    string Name { get; }

    /// <summary>Opens them all.</summary>
    Task OpenAsync();

    /// <summary>Closes them all.</summary>
    Task CloseAsync();

    /// <summary>How many probes have passed.</summary>
    long Probes { get; }
}
