namespace ActorPool.Actors;

/// <summary>A queued message of a type of its actor's.</summary>
sealed class MessageNode<TMessage> : MessageNode
    where TMessage : struct
{
    // Nodes are needed only when senders meet, and then by the same few threads again and again.
    const int CachedMax = 16;

    [ThreadStatic]
    static MessageNode<TMessage>? Cached;

    [ThreadStatic]
    static int CachedCount;

    TMessage _message;

    public static MessageNode<TMessage> Rent(in TMessage message)
    {
        var node = Cached;
        if (node is null)
        {
            node = new MessageNode<TMessage>();
        }
        else
        {
            Cached = (MessageNode<TMessage>?)node.NextNode;
            CachedCount--;
        }

        node._message = message;
        return node;
    }

    public override void Deliver(Actor actor)
    {
        var message = _message;
        Return();
        ((Actor<TMessage>)actor).Turn(ref message);
    }

    void Return()
    {
        _message = default;
        if (CachedCount < CachedMax)
        {
            NextNode = Cached;
            Cached = this;
            CachedCount++;
        }
    }
}
