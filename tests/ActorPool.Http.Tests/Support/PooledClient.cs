namespace ActorPool.Http.Tests.Support;

/// <summary>A client over pools of its own, and what a test wants to know of them.</summary>
sealed class PooledClient : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public PooledClient(Uri? address = null, Action<HttpPoolOptions>? configure = null, PoolRuntime? runtime = null)
    {
        var options = new HttpPoolOptions { UseProxy = false };
        options.Pool.MaxSize = 1;
        options.Pool.AcquireTimeout = Patience;
        options.Pool.DrainTimeout = TimeSpan.Zero;
        configure?.Invoke(options);
        Pools = new HttpPools(options, runtime);
        Handler = new PooledHttpHandler(Pools);
        Http = new HttpClient(Handler) { BaseAddress = address };
    }

    public HttpPools Pools { get; }

    public PooledHttpHandler Handler { get; }

    public HttpClient Http { get; }

    /// <summary>The picture of the only pool.</summary>
    public PoolSnapshot Snapshot => Assert.Single(Pools.Snapshot());

    /// <summary>Sends a request and comes back with the headers.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string target = "", HttpContent? content = null) =>
        Http.SendAsync(Request(method, target, content), HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);

    HttpRequestMessage Request(HttpMethod method, string target, HttpContent? content) => new(method, target)
    {
        Content = content,
        Version = Http.DefaultRequestVersion,
        VersionPolicy = Http.DefaultVersionPolicy,
    };

    /// <summary>GET, up to the headers.</summary>
    public Task<HttpResponseMessage> GetAsync(string target = "") => SendAsync(HttpMethod.Get, target);

    /// <summary>GET, and the body.</summary>
    public Task<string> GetTextAsync(string target = "") => Http.GetStringAsync(new Uri(target, UriKind.RelativeOrAbsolute)).WaitAsync(Patience);

    /// <summary>The next event of a kind; subscribed to at once.</summary>
    public async Task<TEvent> NextAsync<TEvent>(IConnectionPool? pool = null, Func<TEvent, bool>? matches = null)
        where TEvent : PoolEvent
    {
        var happened = new TaskCompletionSource<TEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = (pool ?? Assert.Single(Pools.Pools)).Subscribe(poolEvent =>
        {
            if (poolEvent is TEvent wanted && matches?.Invoke(wanted) is not false)
            {
                happened.TrySetResult(wanted);
            }
        });
        return await happened.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Pools.DisposeAsync();
    }
}
