using System.Globalization;
using Akka.Configuration;
using Akka.Hosting;

namespace ActorPool.AkkaNet;

/// <summary>What <c>akka.WithActorPoolCluster(options => …)</c> sets: the keys of <c>akka.actorpool.cluster</c>, and what this node does for others.</summary>
public sealed class PoolClusterOptions
{
    readonly List<Action<ActorPools>> _handlers = [];

    /// <summary>
    /// How long a <see cref="UseLease"/> may take that says nothing of it (<c>use.time-limit</c>). Null, the default: as configured, which is 30 s unless it says otherwise. 1 ms to 1 day.
    /// </summary>
    public TimeSpan? UseTimeLimit { get; set; }

    /// <summary>
    /// How long nodes are waited for that are asked for their pools (<c>snapshot.time-limit</c>). Null, the default: as configured, which is 2 s unless it says otherwise. 10 ms to 1 min.
    /// </summary>
    public TimeSpan? SnapshotTimeLimit { get; set; }

    /// <summary>Lets other nodes have something done on connections of a pool of this node: <see cref="ActorPools.HandleUse"/>, when the system starts.</summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <typeparam name="TRequest">The payload that it takes.</typeparam>
    /// <typeparam name="TReply">What it returns.</typeparam>
    /// <param name="pool">The pool's name.</param>
    /// <param name="name">The name of what is done.</param>
    /// <param name="handler">Does it.</param>
    public PoolClusterOptions HandleUse<TConnection, TRequest, TReply>(
        string pool, string name, Func<TConnection, TRequest, CancellationToken, ValueTask<TReply>> handler)
        where TConnection : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pool);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Add(pools => pools.HandleUse(pool, name, handler));
        return this;
    }

    internal void AddTo(AkkaConfigurationBuilder builder)
    {
        var lines = new[] { Line("use.time-limit", UseTimeLimit), Line("snapshot.time-limit", SnapshotTimeLimit) }.OfType<string>().ToList();
        if (lines.Count > 0)
        {
            builder.AddHocon(ConfigurationFactory.ParseString(string.Join('\n', lines)), HoconAddMode.Prepend);
        }
    }

    internal void Register(ActorPools pools) => _handlers.ForEach(register => register(pools));

    static string? Line(string key, TimeSpan? value) =>
        value is { } time ? string.Create(CultureInfo.InvariantCulture, $"akka.actorpool.cluster.{key} = {time.TotalMilliseconds}ms") : null;
}
