namespace ActorPool.Redis;

#pragma warning disable CA1720 // the protocol's own words

/// <summary>What a reply is. RESP2 knows those up to <see cref="Array"/>; the others come over RESP3 only.</summary>
public enum RedisReplyKind
{
    /// <summary>Nothing: no such key, an aborted transaction, a timeout of a blocking command.</summary>
    Null = 0,

    /// <summary>A short text without line breaks, such as <c>OK</c>.</summary>
    SimpleString,

    /// <summary>Bytes of any kind and length.</summary>
    BulkString,

    /// <summary>A refusal: its first word is its code.</summary>
    Error,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>Replies in order.</summary>
    Array,

    /// <summary>A floating-point number.</summary>
    Double,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of any size.</summary>
    BigNumber,

    /// <summary>A text that is meant to be shown to people as it is, such as what INFO says.</summary>
    VerbatimString,

    /// <summary>Keys and values in turns.</summary>
    Map,

    /// <summary>Replies in no order.</summary>
    Set,

    /// <summary>A message that is no reply. Nobody gets to see one: see <see cref="RedisConnection"/>.</summary>
    Push,
}
