using System.Net;
using ActorPool.Servers;
using ActorPool.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Tests.Web;

/// <summary>Pools in ASP.NET Core, over real sockets.</summary>
public sealed class WebTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_readiness_endpoint_holds_traffic_back_until_the_pools_are_warm_and_a_request_leases()
    {
        await using var server = EchoServer.Start();
        await using var app = Build(server.Port, out var log);
        app.MapGet("/", static async ([FromKeyedServices("echo")] IConnectionPool<Stream> pool, CancellationToken token) =>
            await pool.UseAsync(static async (stream, token) =>
            {
                await stream.WriteAsync("hello\n"u8.ToArray(), token);
                var answer = new byte[6];
                await stream.ReadExactlyAsync(answer, token);
                return System.Text.Encoding.ASCII.GetString(answer);
            }, token));
        var warm = log.Next(800);

        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await warm.WaitAsync(Patience);
        await KeptLog.UntilAsync(() => http.GetAsync(new Uri("/health", UriKind.Relative)).GetAwaiter().GetResult().StatusCode == HttpStatusCode.OK);

        Assert.Equal("hello\n", await http.GetStringAsync(new Uri("/", UriKind.Relative)));
        await app.StopAsync();
    }

    [Fact]
    public async Task The_health_endpoint_flips_when_the_server_goes_away_and_back_within_a_keepalive_interval()
    {
        var server = EchoServer.Start();
        var port = server.Port;
        var time = new VirtualTime();
        await using var app = Build(port, out var log, "keepalive-interval = 2s, unavailable-after = 0s, reconnect-backoff { max = 1s }", time);
        var warm = log.Next(800);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await warm.WaitAsync(Patience);
        await KeptLog.UntilAsync(() => Status(http) == HttpStatusCode.OK);

        // what is idle for a moment is watched
        time.Advance(TimeSpan.FromMilliseconds(100));
        await server.DisposeAsync();
        var went = await PassesUntilAsync(HttpStatusCode.ServiceUnavailable);
        await using var again = EchoServer.StartAt(port);
        var came = await PassesUntilAsync(HttpStatusCode.OK);

        Assert.True(went < TimeSpan.FromSeconds(2) && came < TimeSpan.FromSeconds(2), $"away after {went}, back after {came}");
        await app.StopAsync();

        // The clock stands still while sockets are at work.
        async Task<TimeSpan> PassesUntilAsync(HttpStatusCode status)
        {
            var pool = app.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("echo");
            var since = time.Elapsed;
            await KeptLog.UntilAsync(() => pool.Snapshot().Idle == 0);
            await KeptLog.UntilAsync(() =>
            {
                time.Advance(TimeSpan.FromMilliseconds(pool.Snapshot().Opening == 0 ? 20 : 0));
                return Status(http) == status;
            });
            return time.Elapsed - since;
        }
    }

    static HttpStatusCode Status(HttpClient http)
    {
        using var answer = http.GetAsync(new Uri("/health", UriKind.Relative)).GetAwaiter().GetResult();
        return answer.StatusCode;
    }

    static WebApplication Build(int port, out KeptLog log, string options = "", TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.AddProvider(log = new KeptLog());
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Configuration.AddHoconString(
            $$"""actorpool.pools { echo { tcp { host = 127.0.0.1, port = {{port}} }, min-size = 2, {{options}} } }""");
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        var app = builder.Build();
        app.UseRouting();
        app.MapHealthChecks("/health");
        return app;
    }
}
