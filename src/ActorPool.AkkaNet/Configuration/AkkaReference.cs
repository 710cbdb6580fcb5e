using Akka.Configuration;

namespace ActorPool.AkkaNet.Configuration;

/// <summary>What is so unless an actor system's configuration says otherwise.</summary>
static class AkkaReference
{
    static readonly Lazy<Config> Akka = new(static () => Read("akka.conf"));
    static readonly Lazy<Config> Reference = new(static () => Read("reference.conf"));

    /// <summary>The options of pools as actors, and what Akka.NET has to know of their messages.</summary>
    public static Config Config => Akka.Value;

    /// <summary>
    /// Every option of a pool with its default. To be looked at: a pool that is not configured takes its defaults from its options and its
    /// connector, which for some connectors are others.
    /// </summary>
    public static Config Pools => Reference.Value;

    static Config Read(string file) => ConfigurationFactory.FromResource($"ActorPool.AkkaNet.{file}", typeof(AkkaReference).Assembly);
}
