using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>
/// A message that means something only within its process: it carries a lease, or an actor that is watched. Whoever sends it to another process is told
/// so by Akka.NET's serialization instead of losing a lease on the way.
/// </summary>
public interface ILocalMessage : INoSerializationVerificationNeeded;
