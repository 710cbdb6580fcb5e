namespace ActorPool.Actors;

/// <summary>An entry of the <see cref="TimerQueue"/>.</summary>
interface ITimed
{
    /// <summary>When it is due; the queue's.</summary>
    TimerDue Due { get; set; }

    /// <summary>Where in the heap it lies, -1 when it is out; the queue's.</summary>
    int HeapIndex { get; set; }

    /// <summary>Its time has come. Runs on the timer's thread: posts or dispatches, runs no turn.</summary>
    void Fire();
}
