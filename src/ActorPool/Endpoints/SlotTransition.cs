namespace ActorPool.Endpoints;

/// <summary>One transition that the flight recorder kept.</summary>
readonly record struct SlotTransition(SlotEvent Happened, SlotState State, long AtMs)
{
    /// <summary>In words, with the time counted back from now.</summary>
    public string Describe(long nowMs) => $"{Happened} → {State}, {(nowMs - AtMs) / 1000.0:0.000} s ago";
}
