namespace ActorPool.Actors;

/// <summary>A queued message of a type of its actor's.</summary>
sealed class MessageNode<TMessage> : MessageNode
    where TMessage : struct
{
    // Nodes are needed only when senders meet, and then by the same few threads again and again.
    const int CachedMax = 16;

    [ThreadStatic]
    static MessageNode<TMessage>? t_cached;

    [ThreadStatic]
    static int t_cachedCount;

    TMessage _message;

    public static MessageNode<TMessage> Rent(in TMessage message)
    {
        var node = t_cached;
        if (node is null)
        {
            node = new MessageNode<TMessage>();
        }
        else
        {
            t_cached = (MessageNode<TMessage>?)node.NextNode;
            t_cachedCount--;
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
        if (t_cachedCount < CachedMax)
        {
            NextNode = t_cached;
            t_cached = this;
            t_cachedCount++;
        }
    }
}
