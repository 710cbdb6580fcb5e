namespace ActorPool.Redis.Commands;

/// <summary>
/// What a holder has changed about its connection, as far as its commands tell; rather more than less. Marked when a
/// command is sent, whatever comes of it, and unmarked only by a reply that says so.
/// </summary>
struct SessionState
{
    /// <summary>A transaction may be open.</summary>
    public bool InTransaction { get; private set; }

    /// <summary>Keys may be watched.</summary>
    public bool IsWatching { get; private set; }

    /// <summary>Another database may be chosen.</summary>
    public bool HasSelected { get; private set; }

    /// <summary>The connection may have another name.</summary>
    public bool IsRenamed { get; private set; }

    /// <summary>Something may have changed that cannot be put right.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether there is something to put right.</summary>
    public readonly bool IsDirty => InTransaction || IsWatching || HasSelected || IsRenamed || IsLost;

    /// <summary>A command is on its way.</summary>
    public void Sent(CommandEffect effect)
    {
        InTransaction |= effect == CommandEffect.Multi;
        IsWatching |= effect == CommandEffect.Watch;
        HasSelected |= effect == CommandEffect.Select;
        IsRenamed |= effect == CommandEffect.Name;
        IsLost |= effect == CommandEffect.Lasting;
    }

    /// <summary>A command was answered; those before it were told of already.</summary>
    public void Answered(CommandEffect effect, in RedisReply reply)
    {
        if (effect == CommandEffect.Exec && EndsTransaction(reply))
        {
            InTransaction = false;
            IsWatching = false;
        }
        else if (effect == CommandEffect.Unwatch && IsOk(reply))
        {
            IsWatching = false;
        }
        else
        {
            // again, since the end of a transaction that was sent before it is told of after it
            Sent(effect);
        }
    }

    // EXEC: its results, nothing (a watched key was changed), or an error after which it is over. DISCARD: OK.
    static bool EndsTransaction(in RedisReply reply) =>
        reply.Kind is RedisReplyKind.Array or RedisReplyKind.Null || IsOk(reply) || (reply.IsError && reply.Span.StartsWith("EXECABORT"u8));

    static bool IsOk(in RedisReply reply) => reply.Kind == RedisReplyKind.SimpleString && reply.Span.SequenceEqual("OK"u8);
}
