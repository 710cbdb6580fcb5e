using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ActorPool.Errors;
using ActorPool.Options;
using ActorPool.Routing;

namespace ActorPool;

/// <summary>
/// Many endpoints: one pool for each, made on first use and shared by whoever asks for the same endpoint. Two ways to write
/// one endpoint are one key; two first uses at once make one pool. All members may be called from any thread at any time.
/// </summary>
/// <remarks>
/// Ask for the pool each time instead of keeping it: a directory with more endpoints than
/// <see cref="PoolDirectoryOptions.MaxPools"/> drains those that were used least recently, and a pool that was drained throws
/// <see cref="PoolClosedException"/>. Asking is cheap.
/// </remarks>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public sealed partial class PoolDirectory<TConnection> : IAsyncDisposable
    where TConnection : class
{
    readonly Func<Endpoint, IConnector<TConnection>> _connect;
    readonly PoolRuntime _runtime;
    readonly PoolRouter _router;
    volatile PoolDirectorySettings _settings;

    /// <summary>Makes a directory without pools; it connects to nothing.</summary>
    /// <param name="connect">
    /// Makes the connector of one endpoint. Runs on the thread of the endpoint's first use, while others who want the same
    /// endpoint wait: it must not block. What it throws reaches all of them and leaves nothing behind; the next use calls
    /// it again.
    /// </param>
    /// <param name="options">How its pools are made; null is <c>new PoolDirectoryOptions()</c>. Copied: later changes have no effect.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public PoolDirectory(
        Func<Endpoint, IConnector<TConnection>> connect, PoolDirectoryOptions? options = null, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(connect);
        _connect = connect;
        _settings = PoolDirectorySettings.From(options ?? new PoolDirectoryOptions());
        _runtime = runtime ?? PoolRuntime.Default;
        _router = new PoolRouter(_runtime.System, _settings.Name, _settings.MaxPools);
    }

    /// <summary>The directory's name, as in <see cref="PoolDirectoryOptions.Name"/>.</summary>
    public string Name => _settings.Name;

    /// <summary>The pools there are at this moment, the most recently used first; those that drain are not among them.</summary>
    public IReadOnlyList<IConnectionPool<TConnection>> Pools
    {
        get
        {
            var message = RouterMessage.Command(RouterRequest.List);
            _router.TakeTurn(ref message);
            return Array.ConvertAll<RoutedPool, IConnectionPool<TConnection>>(message.All!, PoolOf);
        }
    }

    /// <summary>The pool of an endpoint; made if this is its first use. Waits for nobody but another who is making it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <exception cref="PoolException">Credentials are configured, but none for this host (<see cref="PoolFailureReason.NoCredentials"/>).</exception>
    /// <exception cref="PoolClosedException">The directory is closed.</exception>
    /// <exception cref="ArgumentException">The options that <see cref="PoolDirectoryOptions.Configure"/> left cannot be used.</exception>
    public IConnectionPool<TConnection> GetPool(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Get(endpoint, name: null);
    }

    /// <summary>The pool of an endpoint as <see cref="Endpoint.Parse"/> reads it. See <see cref="GetPool(Endpoint)"/>.</summary>
    /// <param name="endpoint">Such as <c>db.internal:5432/orders</c>.</param>
    /// <exception cref="FormatException">The text is no endpoint.</exception>
    public IConnectionPool<TConnection> GetPool(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return FindByName(endpoint) is { } pool ? PoolOf(pool) : Get(Endpoint.Parse(endpoint), endpoint);
    }

    /// <summary>The pool of an endpoint if there is one; makes none. Counts as a use.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="pool">The pool.</param>
    public bool TryGetPool(Endpoint endpoint, [NotNullWhen(true)] out IConnectionPool<TConnection>? pool)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var message = RouterMessage.TryGet(endpoint);
        Ask(ref message);
        pool = message.Answer == RouterAnswer.Found ? PoolOf(message.Pool!) : null;
        return pool is not null;
    }

    /// <summary><see cref="TryGetPool(Endpoint, out IConnectionPool{TConnection})"/> of an endpoint as <see cref="Endpoint.Parse"/> reads it.</summary>
    /// <param name="endpoint">Such as <c>db.internal:5432/orders</c>.</param>
    /// <param name="pool">The pool.</param>
    /// <exception cref="FormatException">The text is no endpoint.</exception>
    public bool TryGetPool(string endpoint, [NotNullWhen(true)] out IConnectionPool<TConnection>? pool)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (FindByName(endpoint) is not { } found)
        {
            return TryGetPool(Endpoint.Parse(endpoint), out pool);
        }

        pool = PoolOf(found);
        return true;
    }

    /// <summary>
    /// Gives other options to the pools that there are and to those to come, as <see cref="ReconfigurePool"/> does for one; what
    /// <see cref="PoolDirectoryOptions.Configure"/> says of an endpoint comes after them, and names and credentials stay.
    /// </summary>
    /// <param name="pool">The new template (<see cref="PoolDirectoryOptions.Pool"/>). Copied.</param>
    /// <returns>A task that ends when every pool has them.</returns>
    /// <exception cref="ArgumentException">They are out of range or contradict each other: all problems are listed.</exception>
    public Task ReconfigureAsync(PoolOptions pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _settings = _settings.With(pool);
        return Task.WhenAll(Pools.Select(ReconfigureAsync));
    }

    /// <summary>
    /// Closes the directory and drains its pools (<see cref="IConnectionPool.DrainAsync"/>), those that are
    /// draining already included.
    /// </summary>
    /// <param name="deadline">How long to wait for leases; null is each pool's <see cref="PoolOptions.DrainTimeout"/>.</param>
    /// <returns>A task that ends when every connection of every pool is closed.</returns>
    public Task DrainAsync(TimeSpan? deadline = null)
    {
        if (deadline is { } limit && limit < TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan)
        {
            throw PoolErrors.Timeout(limit);
        }

        var message = RouterMessage.Command(RouterRequest.Close);
        _router.TakeTurn(ref message);
        return Task.WhenAll(message.All!.Select(pool => pool.DrainAsync(deadline)));
    }

    /// <summary>Closes the directory: <see cref="DrainAsync"/> with each pool's own patience.</summary>
    public ValueTask DisposeAsync() => new(DrainAsync());

    /// <summary>The directory in one line.</summary>
    public override string ToString() => $"directory '{Name}'";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ConnectionPool<TConnection> PoolOf(RoutedPool pool) => Unsafe.As<ConnectionPool<TConnection>>(pool.Pool!);

    RoutedPool? FindByName(string name)
    {
        var message = RouterMessage.FindByName(name);
        Ask(ref message);
        return message.Answer == RouterAnswer.Found ? message.Pool : null;
    }

    ConnectionPool<TConnection> Get(Endpoint endpoint, string? name)
    {
        var message = RouterMessage.Get(endpoint, name);
        Ask(ref message);
        return message.Answer == RouterAnswer.Found ? PoolOf(message.Pool!) : GetAfterAll(ref message);
    }

    void Ask(ref RouterMessage message)
    {
        _router.TakeTurn(ref message);
        if (message.Gone is { } gone)
        {
            // With the patience of whoever closed it.
            _ = AwaitEndAsync(gone, Timeout.InfiniteTimeSpan);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    ConnectionPool<TConnection> GetAfterAll(ref RouterMessage message)
    {
        switch (message.Answer)
        {
            case RouterAnswer.MakeIt:
                Make(message.Pool!);
                break;
            case RouterAnswer.BeingMade:
                message.Pool!.AwaitMade();
                break;
            default:
                throw RoutingErrors.DirectoryClosed(Name);
        }

        return PoolOf(message.Pool!);
    }

    /// <summary>Makes a pool on this thread, as the only one: the router said so.</summary>
    void Make(RoutedPool routed)
    {
        RouterMessage message;
        PoolDirectorySettings settings;
        routed.BeginMaking();
        try
        {
            settings = _settings;
            var options = settings.OptionsFor(routed.Endpoint);
            var connector = _connect(routed.Endpoint) ?? throw RoutingErrors.NoConnector(routed.Endpoint);
            var pool = new ConnectionPool<TConnection>(connector, options, _runtime);
            routed.Fill(pool, pool.Supervisor, pool.DrainAsync);
        }
        catch (Exception error)
        {
            message = RouterMessage.Report(RouterRequest.MakeFailed, routed);
            _router.TakeTurn(ref message);
            routed.Announce(error);
            throw;
        }

        message = RouterMessage.Report(RouterRequest.Made, routed);
        _router.TakeTurn(ref message);
        routed.Announce(null);
        if (settings != _settings)
        {
            _ = ReconfigureAsync(PoolOf(routed));
        }

        if (message.PutOut is { } putOut)
        {
            _ = AwaitEndAsync(putOut, deadline: null);
        }

        if (message.Answer == RouterAnswer.Closed)
        {
            // Whoever closed the directory waits for this pool, and drains it.
            throw RoutingErrors.DirectoryClosed(Name);
        }
    }

    /// <summary>Gives a pool the options of now, unless it goes meanwhile.</summary>
    async Task ReconfigureAsync(IConnectionPool<TConnection> pool)
    {
        try
        {
            var endpoint = Unsafe.As<ConnectionPool<TConnection>>(pool).Supervisor.Settings.Endpoint!;
            await pool.ReconfigureAsync(_settings.OptionsFor(endpoint)).ConfigureAwait(false);
        }
        catch (PoolClosedException)
        {
            // put out: the next one for this endpoint is made with the options of then
        }
    }

    async Task AwaitEndAsync(RoutedPool pool, TimeSpan? deadline)
    {
        await pool.DrainAsync(deadline).ConfigureAwait(false);
        _router.Tell(RouterMessage.Report(RouterRequest.Drained, pool));
    }
}
