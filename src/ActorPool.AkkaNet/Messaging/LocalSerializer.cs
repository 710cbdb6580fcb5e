using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace ActorPool.AkkaNet.Messaging;

/// <summary>Refuses what means something in one process only (<see cref="ILocalMessage"/>), and says why.</summary>
/// <param name="system">The actor system.</param>
public sealed class LocalSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw Refusal(obj?.GetType().Name ?? "null");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) => throw Refusal(type?.Name ?? "a message");

    static SerializationException Refusal(string what) => new(
        $"{what} cannot be sent to another process: it carries a lease, or a holder, and means nothing there. Send the work to where the connection is (UseLease).");
}
