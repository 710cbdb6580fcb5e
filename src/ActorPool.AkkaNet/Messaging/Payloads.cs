using Akka.Actor;
using Akka.Serialization;

namespace ActorPool.AkkaNet.Messaging;

/// <summary>
/// Writes and reads what users send with the serializers that their configuration binds to it. Done before a message is handed to remoting, which would drop what it cannot
/// write, or what is too large, and tell nobody but the log.
/// </summary>
/// <param name="system">The actor system.</param>
sealed class Payloads(ExtendedActorSystem system)
{
    // For addresses and names around it.
    const int EnvelopeMax = 8 * 1024;

    readonly long? _frameMax = FrameSize.Of(system);

    /// <summary>As it travels.</summary>
    /// <param name="payload">A user's object.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <exception cref="PayloadException">It cannot be written, or is too large.</exception>
    public WirePayload Wrap(object? payload, string what)
    {
        if (payload is WirePayload already)
        {
            return already;
        }

        WirePayload wrapped;
        try
        {
            var serializer = system.Serialization.FindSerializerFor(payload);
            wrapped = Serialization.WithTransport(
                system, () => new WirePayload(serializer.Identifier, Serialization.ManifestFor(serializer, payload), serializer.ToBinary(payload)));
        }
#pragma warning disable CA1031 // a serializer of the user's may throw anything
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new PayloadException($"The {what}, a {NameOf(payload)}, cannot be written: {ErrorText.Of(error)}. Bind a serializer to its type (akka.actor.serialization-bindings).", error);
        }

        return _frameMax is not { } max || wrapped.Bytes.Length <= max - EnvelopeMax
            ? wrapped
            : throw new PayloadException(
                $"The {what}, a {NameOf(payload)}, has {wrapped.Bytes.Length} bytes, and {max} fit into one message with what is around it: send less, or raise {FrameSize.Key} on all nodes.");
    }

    /// <summary>The user's object again; what did not travel is left as it is.</summary>
    /// <param name="payload">As it has come.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <exception cref="PayloadException">It cannot be read.</exception>
    public object? Unwrap(object? payload, string what)
    {
        if (payload is not WirePayload wrapped)
        {
            return payload;
        }

        try
        {
            return system.Serialization.Deserialize(wrapped.Bytes, wrapped.SerializerId, wrapped.Manifest);
        }
#pragma warning disable CA1031 // a serializer of the user's may throw anything
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new PayloadException(
                $"The {what} (serializer {wrapped.SerializerId}, manifest '{wrapped.Manifest}') cannot be read: {ErrorText.Of(error)}. Have the same serializers on all nodes.", error);
        }
    }

    static string NameOf(object? payload) => payload?.GetType().Name ?? "null";
}
