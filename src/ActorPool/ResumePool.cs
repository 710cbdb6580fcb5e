namespace ActorPool;

/// <summary>Ends a pause: those who wait are served.</summary>
public sealed record ResumePool : PoolCommand;
