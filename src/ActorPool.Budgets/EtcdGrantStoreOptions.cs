using ActorPool.Budgets.Etcd;

namespace ActorPool.Budgets;

/// <summary>Which etcd keeps a budget's records, and how. Copied when a store is made: later changes have no effect.</summary>
public sealed class EtcdGrantStoreOptions
{
    /// <summary>
    /// The members' client addresses, <c>http://host:port</c> or <c>https://host:port</c>; at least one. All of one cluster. One is used until it fails, then the
    /// next.
    /// </summary>
    public IList<string> Endpoints { get; set; } = [];

    /// <summary>What the keys begin with: <c>prefix/budget/key</c>. Default <c>/actorpool</c>; 1 to 200 letters, digits and <c>/ . _ -</c>, without a <c>/</c> at its end.</summary>
    public string KeyPrefix { get; set; } = "/actorpool";

    /// <summary>
    /// The user, if the cluster has authentication switched on. Needs the permission to read and write all that begins with <see cref="KeyPrefix"/>. Default null: no
    /// login (a client certificate's name is none: etcd's gateway does not look at it).
    /// </summary>
    public string? UserName { get; set; }

    /// <summary>The user's password. Default null; needed with <see cref="UserName"/>.</summary>
    public string? Password { get; set; }

    /// <summary>How TLS is spoken to <c>https</c> members: CA file, client certificate. Default <c>new()</c>: with the system's CAs.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>How long opening a connection to one member may take before the next is tried, TLS included. Default 1 s; 10 ms to 1 minute.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Where it leads, without secrets.</summary>
    public override string ToString() => EtcdTarget.Describe(this);

    internal EtcdGrantStoreOptions Copy()
    {
        var copy = (EtcdGrantStoreOptions)MemberwiseClone();
        copy.Endpoints = [.. Endpoints];
        copy.Tls = Tls.Snapshot();
        return copy;
    }
}
