namespace ActorPool.Hosting.Configuration;

/// <summary>What a pool's <c>tcp { … }</c> says.</summary>
sealed class TcpEntry : RoutedEntry<Stream>
{
    /// <summary>A name or an address; null with <see cref="UnixSocket"/>, with replicas and in a directory.</summary>
    public string? Host { get; set; }

    /// <summary>The port of <see cref="Host"/>; 0 if none is given.</summary>
    public int Port { get; set; }

    /// <summary>The path of a Unix socket; null for TCP.</summary>
    public string? UnixSocket { get; set; }

    /// <summary>How to connect.</summary>
    public TcpConnectorOptions Tcp { get; } = new();
}
