using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>Names of pools as names of actors.</summary>
static class ActorNames
{
    /// <summary>The name itself, or escaped as in URLs if it has characters that a path cannot have.</summary>
    public static string Of(string pool) => ActorPath.IsValidPathElement(pool) ? pool : Uri.EscapeDataString(pool);
}
