namespace ActorPool.Actors;

/// <summary>The event of a message that reached an actor which had stopped.</summary>
sealed record DeadLetter(string Receiver, string Message);
