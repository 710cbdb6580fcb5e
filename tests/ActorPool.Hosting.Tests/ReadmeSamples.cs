using ActorPool;
using ActorPool.Hosting;
using ActorPool.Redis;
using ActorPool.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

#pragma warning disable IDE0130 // what the README shows, as it shows it
namespace ReadmeSamples;
#pragma warning restore IDE0130

/// <summary>The code of the README.</summary>
static class Shown
{
    public static WebApplication FiveLines(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddHoconFile("pools.conf", optional: false, reloadOnChange: true);
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));

        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapActorPool("/pools");
        app.Run();
        return app;
    }

    public static void InCode(IServiceCollection services)
    {
        services.AddActorPool(pools =>
        {
            pools.ConfigureAll(options => options.AcquireTimeout = TimeSpan.FromSeconds(5));
            pools.AddRedis("cache", "redis://localhost").AddTypedClient<Greetings>();
            pools.AddTcp("echo", "localhost", 7).Configure(options => options.MaxSize = 8);
            pools.Add("mail", provider => new MailConnector(provider.GetRequiredService<ILogger<MailConnector>>()));
        });
    }

    public static void Both(IServiceCollection services, IConfiguration configuration)
    {
        services.AddActorPool(configuration.GetSection("actorpool"), pools =>
        {
            pools.AddConnector("mail", (provider, section) => new MailConnector(section["server"]));
            pools.AddDatabaseProvider("Npgsql", NpgsqlFactory.Instance);
        });
    }

    public static void Health(IServiceCollection services)
    {
        services.AddHealthChecks().AddActorPool("cache", HealthStatus.Degraded, tags: ["cache"]);
    }

    public sealed class Greeter([FromKeyedServices("echo")] IConnectionPool<Stream> echo, IConnectionPool<RedisConnection> cache)
    {
        public async Task<string?> GreetAsync(CancellationToken cancellationToken)
        {
            await using var lease = await echo.AcquireAsync(cancellationToken);
            await lease.Connection.WriteAsync("hello\n"u8.ToArray(), cancellationToken);
            return (await cache.ExecuteAsync("GET", ["greeting"], cancellationToken)).AsString();
        }
    }

    public sealed class Greetings(IConnectionPool<RedisConnection> pool)
    {
        public string Pool => pool.Name;
    }

    public sealed class MailConnector : IConnector<ScriptedConnection>
    {
        public MailConnector(ILogger<MailConnector> logger) => Server = logger.ToString();

        public MailConnector(string? server) => Server = server;

        public string? Server { get; }

        public ConnectorSteps Steps => ConnectorSteps.None;

        public ValueTask<ScriptedConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new ScriptedConnection(context.ConnectionId));

        public ValueTask CloseAsync(ScriptedConnection connection, CloseReason reason) => ValueTask.CompletedTask;
    }
}
