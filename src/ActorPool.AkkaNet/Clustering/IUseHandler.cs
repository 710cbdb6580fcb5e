namespace ActorPool.AkkaNet.Clustering;

/// <summary>What a node's code does for others on connections of one of its pools.</summary>
interface IUseHandler
{
    /// <summary>Whether this is a payload that it takes.</summary>
    bool Takes(object? payload);

    /// <summary>What it takes, for errors.</summary>
    Type RequestType { get; }

    /// <summary>Leases a connection and does it.</summary>
    /// <param name="payload">One that it takes.</param>
    /// <param name="began">Called when it has a connection, before the work begins.</param>
    /// <param name="cancellationToken">Ends with the request's time limit.</param>
    ValueTask<object?> RunAsync(object? payload, Action began, CancellationToken cancellationToken);
}
