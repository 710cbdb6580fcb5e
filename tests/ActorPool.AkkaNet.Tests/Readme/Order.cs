namespace ActorPool.AkkaNet.Tests.Readme;

/// <summary>What the README's actors are told.</summary>
sealed record Order;
