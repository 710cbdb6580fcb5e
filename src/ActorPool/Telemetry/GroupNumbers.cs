namespace ActorPool.Telemetry;

/// <summary>A replica group in numbers: what it counts itself, and its members cannot know.</summary>
readonly record struct GroupNumbers(int Waiting, long OldestWaitMs, long AcquiredAfterWait, long TimedOut, long Cancelled);
