namespace ActorPool.Redis.Commands;

/// <summary>What a command does to the connection that it is sent on, beyond its reply.</summary>
enum CommandEffect
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It makes of the connection what no pool can lease: refused before a byte is sent.</summary>
    Refused,

    /// <summary>Begins a transaction.</summary>
    Multi,

    /// <summary>Ends a transaction and all watches, if its reply says so.</summary>
    Exec,

    /// <summary>Watches keys.</summary>
    Watch,

    /// <summary>Ends all watches, if its reply says so.</summary>
    Unwatch,

    /// <summary>Chooses another database.</summary>
    Select,

    /// <summary>Gives the connection another name.</summary>
    Name,

    /// <summary>Changes what nothing but a new connection puts right.</summary>
    Lasting,
}
