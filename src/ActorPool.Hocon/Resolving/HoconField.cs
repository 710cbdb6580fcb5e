namespace ActorPool.Hocon.Resolving;

/// <summary>A resolved value of an object, and where the key is written that gave it.</summary>
readonly record struct HoconField(HoconValue Value, HoconOrigin KeyOrigin);
