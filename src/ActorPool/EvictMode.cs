namespace ActorPool;

/// <summary>What becomes of leased connections that are evicted.</summary>
public enum EvictMode
{
    /// <summary>They are closed when they are returned.</summary>
    Soft = 0,

    /// <summary>They are closed at once, under their holders.</summary>
    Hard,
}
