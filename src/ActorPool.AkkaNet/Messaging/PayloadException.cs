namespace ActorPool.AkkaNet.Messaging;

/// <summary>A user's object cannot be written, read or sent.</summary>
/// <param name="message">Why, in one line.</param>
/// <param name="inner">What the serializer threw; null if it was not the serializer.</param>
#pragma warning disable CA1032 // made and caught in this assembly
sealed class PayloadException(string message, Exception? inner = null) : Exception(message, inner);
#pragma warning restore CA1032
