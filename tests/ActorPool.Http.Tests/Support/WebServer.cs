using System.Net;
using System.Net.Security;
using ActorPool.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPool.Http.Tests.Support;

/// <summary>A Kestrel in this process on a loopback port.</summary>
sealed class WebServer : IAsyncDisposable
{
    readonly WebApplication _application;

    WebServer(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<WebServer> StartAsync(
        Action<WebApplication> map, HttpProtocols protocols = HttpProtocols.Http1, bool overTls = false, Action<KestrelServerOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                if (overTls)
                {
                    listen.UseHttps(TestCertificates.Server);
                }
            });
            configure?.Invoke(options);
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new WebServer(application, new Uri(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
    }

    /// <summary>Stops gracefully: over HTTP/2 it says so first (GOAWAY).</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
