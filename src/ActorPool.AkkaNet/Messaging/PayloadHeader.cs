namespace ActorPool.AkkaNet.Messaging;

/// <summary>What is said of a payload in the header of a message; its bytes follow the header.</summary>
/// <param name="SerializerId">Which of the user's serializers wrote it.</param>
/// <param name="Manifest">Its type, in that serializer's own words.</param>
sealed record PayloadHeader(int SerializerId, string Manifest)
{
    public static PayloadHeader Of(WirePayload payload) => new(payload.SerializerId, payload.Manifest);

    public WirePayload With(byte[] bytes) => new(SerializerId, Manifest, bytes);
}
