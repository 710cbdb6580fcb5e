using ActorPool.Http.Connections;
using ActorPool.Http.Exchanges;
using ActorPool.Http.Options;
using ActorPool.Http.Origins;

namespace ActorPool.Http;

/// <summary>
/// The pools of HTTP connections that handlers (<see cref="PooledHttpHandler"/>) share: one per scheme, host, port, proxy and
/// protocol. Made once and kept for as long as the application runs; handlers come and go. All members may be called from any
/// thread at any time.
/// </summary>
public sealed class HttpPools : IAsyncDisposable
{
    readonly PoolDirectory<HttpConnection> _directory;
    readonly Lock _making = new();
    Origin? _made;

    /// <summary>Makes them; nothing is connected to before the first request.</summary>
    /// <param name="options">How; null is <c>new HttpPoolOptions()</c>. Copied: later changes have no effect.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public HttpPools(HttpPoolOptions? options = null, PoolRuntime? runtime = null)
    {
        options ??= new HttpPoolOptions();
        Settings = HttpPoolSettings.From(options);
        Runtime = runtime ?? PoolRuntime.Default;
        Origins = new OriginTable(Settings.Proxy, options.MaxPools);
        var (configure, streamsMax) = (options.ConfigurePool, options.MaxHttp2Streams);
        _directory = new PoolDirectory<HttpConnection>(
            _ => new HttpConnector(_made!, Settings.Connection, Runtime.Dispatcher),
            new PoolDirectoryOptions
            {
                Name = options.Pool.Name,
                Pool = options.Pool,
                MaxPools = options.MaxPools,
                Configure = (endpoint, pool) =>
                {
                    configure?.Invoke(endpoint, pool);
                    pool.MaxLeasesPerConnection = Origin.Multiplexes(endpoint) ? streamsMax : 1;
                },
            },
            Runtime);
        Sender = new Sender(this);
    }

    /// <summary>
    /// The pools there are at this moment, the most recently used first: for snapshots, events and operations
    /// (<see cref="PoolOperations"/>). A pool is named after its origin, such as <c>http@https://example.com:443</c>; one whose
    /// connections may speak HTTP/2 ends in <c>/h2</c>, and one that goes through a proxy says so.
    /// </summary>
    public IReadOnlyList<IConnectionPool> Pools => _directory.Pools;

    internal HttpPoolSettings Settings { get; }

    internal PoolRuntime Runtime { get; }

    internal OriginTable Origins { get; }

    internal Sender Sender { get; }

    /// <summary>What every pool looks like at this moment, the most recently used first.</summary>
    public IReadOnlyList<PoolSnapshot> Snapshot() => [.. _directory.Pools.Select(pool => pool.Snapshot())];

    /// <summary>
    /// The pool that requests to an address ride on; made if there is none yet. For opening connections ahead
    /// (<see cref="PoolOperations.WarmUpAsync"/>), evicting and watching.
    /// </summary>
    /// <param name="address">Any absolute address of the origin, such as <c>https://example.com</c>.</param>
    /// <param name="overHttp2">Whether requests of version 2.0 are meant, which over TLS have connections of their own.</param>
    /// <exception cref="ArgumentException">It is no absolute http or https address.</exception>
    /// <exception cref="PoolClosedException">The pools are closed.</exception>
    public IConnectionPool GetPool(Uri address, bool overHttp2 = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || !PooledHttpHandler.IsSupported(address))
        {
            throw new ArgumentException("The address must be an absolute one of the scheme http or https.", nameof(address));
        }

        var isSecure = address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeWss;
        return PoolOf(Origins.Find(address, !overHttp2 ? HttpProtocol.Http1 : isSecure ? HttpProtocol.Negotiated : HttpProtocol.Http2));
    }

    /// <summary>
    /// Gives other options to the pools that there are and to those to come. Requests under way are not touched.
    /// </summary>
    /// <inheritdoc cref="PoolDirectory{TConnection}.ReconfigureAsync(PoolOptions)"/>
    public Task ReconfigureAsync(PoolOptions pool) => _directory.ReconfigureAsync(pool);

    /// <summary>
    /// Closes the pools in good order: new requests fail, answers that are being read are waited for until the deadline.
    /// </summary>
    /// <param name="deadline">How long to wait; null is <see cref="PoolOptions.DrainTimeout"/> of <see cref="HttpPoolOptions.Pool"/>.</param>
    public Task DrainAsync(TimeSpan? deadline = null) => _directory.DrainAsync(deadline);

    /// <summary>Closes the pools: <see cref="DrainAsync"/> with their own patience.</summary>
    public ValueTask DisposeAsync() => new(DrainAsync());

    /// <summary>The pools in one line.</summary>
    public override string ToString() => $"HTTP pools '{_directory.Name}'";

    internal ValueTask<Lease<HttpConnection>> AcquireAsync(Origin origin, RequestTag tag, CancellationToken cancellationToken)
    {
        var pool = PoolOf(origin);
        var acquiring = pool.AcquireAsync(new AcquireLease(Holder: tag), cancellationToken);
        return acquiring.IsCompletedSuccessfully ? acquiring : WaitAsync(pool, acquiring, origin, tag, cancellationToken);
    }

    async ValueTask<Lease<HttpConnection>> WaitAsync(
        IConnectionPool<HttpConnection> pool,
        ValueTask<Lease<HttpConnection>> acquiring,
        Origin origin,
        RequestTag tag,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await acquiring.ConfigureAwait(false);
            }
            catch (PoolClosedException)
            {
                // put out to make room for others, since it was found; if all are closed the next line says so
                var another = PoolOf(origin);
                if (ReferenceEquals(another, pool))
                {
                    throw;
                }

                pool = another;
                acquiring = pool.AcquireAsync(new AcquireLease(Holder: tag), cancellationToken);
            }
        }
    }

    IConnectionPool<HttpConnection> PoolOf(Origin origin)
    {
        if (_directory.TryGetPool(origin.Endpoint, out var pool))
        {
            return pool;
        }

        // the directory makes a pool on this thread and knows no more than its name
        lock (_making)
        {
            _made = origin;
            return _directory.GetPool(origin.Endpoint);
        }
    }
}
