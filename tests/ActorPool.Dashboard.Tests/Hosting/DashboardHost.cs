using ActorPool.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorPool.Dashboard.Tests.Hosting;

/// <summary>An application with a dashboard at <c>/pools</c>, on a port of its own, and the pools that it shows.</summary>
sealed class DashboardHost : IAsyncDisposable
{
    readonly WebApplication _application;
    readonly List<IConnectionPool> _pools = [];

    DashboardHost(WebApplication application, PoolRuntime runtime, LogLines log)
    {
        _application = application;
        Runtime = runtime;
        Log = log;
        Root = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Page = new Uri(Root, "/pools/");
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Page };
    }

    public PoolRuntime Runtime { get; }

    public LogLines Log { get; }

    public Uri Root { get; }

    public Uri Page { get; }

    /// <summary>Somebody without a name, on this machine.</summary>
    public HttpClient Client { get; }

    public IHost Application => _application;

    /// <summary>Starts one.</summary>
    /// <param name="dashboard">The dashboard's options; those of users (<see cref="TestUsers"/>) if it has <paramref name="users"/>.</param>
    /// <param name="users">Whether there are users and policies.</param>
    /// <param name="services">More services.</param>
    /// <param name="application">What is put before the endpoints.</param>
    /// <param name="url">Where it listens.</param>
    public static async Task<DashboardHost> StartAsync(
        Action<DashboardOptions>? dashboard = null,
        bool users = false,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? application = null,
        string url = "http://127.0.0.1:0")
    {
        var runtime = new PoolRuntime();
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(runtime);
        if (users)
        {
            TestUsers.Add(builder.Services);
        }

        services?.Invoke(builder.Services);
        var app = builder.Build();
        application?.Invoke(app);
        app.MapActorPool("/pools", options =>
        {
            options.RefreshInterval = TimeSpan.FromMilliseconds(100);
            if (users)
            {
                options.ReadPolicy = TestUsers.ReadPolicy;
                options.OperatePolicy = TestUsers.OperatePolicy;
            }

            dashboard?.Invoke(options);
        });
        await app.StartAsync();
        return new DashboardHost(app, runtime, log);
    }

    /// <summary>A pool of connections with nothing behind them, closed with the host.</summary>
    public ConnectionPool<ScriptedConnection> AddPool(
        string name, Action<PoolOptions>? configure = null, ScriptedConnector<ScriptedConnection>? connector = null)
    {
        var options = new PoolOptions { Name = name };
        configure?.Invoke(options);
        return Add(ConnectionPool.Create(connector ?? ScriptedConnection.Connector(), options, Runtime));
    }

    public ConnectionPool<TConnection> Add<TConnection>(ConnectionPool<TConnection> pool)
        where TConnection : class
    {
        _pools.Add(pool);
        return pool;
    }

    /// <summary>A client that is a user of <see cref="TestUsers"/>.</summary>
    public HttpClient ClientOf(string user)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = Page };
        client.DefaultRequestHeaders.Add(TestUsers.Header, user);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        foreach (var pool in _pools)
        {
            await pool.DrainAsync(TimeSpan.Zero);
        }
    }
}
