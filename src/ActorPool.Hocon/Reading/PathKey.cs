namespace ActorPool.Hocon.Reading;

/// <summary>One key of a path, and where it begins.</summary>
readonly record struct PathKey(string Name, HoconOrigin Origin);
