namespace ActorPool.AkkaNet.Messaging;

/// <summary>A user's object as it travels: what Akka.NET's serialization has made of it, and what it takes to read it.</summary>
/// <param name="SerializerId">Which of the user's serializers wrote it.</param>
/// <param name="Manifest">Its type, in that serializer's own words.</param>
/// <param name="Bytes">What was written.</param>
sealed record WirePayload(int SerializerId, string Manifest, byte[] Bytes);
