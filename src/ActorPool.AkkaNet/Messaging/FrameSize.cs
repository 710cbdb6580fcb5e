using Akka.Actor;

namespace ActorPool.AkkaNet.Messaging;

/// <summary>How much one message between nodes may carry.</summary>
static class FrameSize
{
    /// <summary>Where it is configured.</summary>
    public const string Key = "akka.remote.dot-netty.tcp.maximum-frame-size";

    /// <summary>In bytes; null where nothing goes to other nodes.</summary>
    public static long? Of(ActorSystem system) => system.Settings.Config.GetByteSize(Key, null);
}
