namespace ActorPool.Actors;

/// <summary>A queued message whose sender blocks until its turn is over.</summary>
sealed class AwaitedNode<TMessage>(TMessage message) : MessageNode
    where TMessage : struct
{
    readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TMessage _message = message;

    public override void Deliver(Actor actor)
    {
        ((Actor<TMessage>)actor).Turn(ref _message);
        _done.SetResult();
    }

    /// <summary>Whether the turn is over.</summary>
    public bool IsOver => _done.Task.IsCompleted;

    /// <summary>Blocks, in a way that the thread pool notices, until the turn is over.</summary>
    /// <returns>The message with the answer in it.</returns>
    public TMessage Wait()
    {
        _done.Task.Wait();
        return _message;
    }
}
