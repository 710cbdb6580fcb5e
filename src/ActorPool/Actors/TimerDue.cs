namespace ActorPool.Actors;

/// <summary>When a timer is due, and its place among those due at the same time.</summary>
readonly record struct TimerDue(long Ms, long Sequence)
{
    public bool IsBefore(TimerDue other) => Ms != other.Ms ? Ms < other.Ms : Sequence < other.Sequence;
}
