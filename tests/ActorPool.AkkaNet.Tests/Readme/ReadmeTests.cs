using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.AkkaNet.Tests.Readme;

/// <summary>What the README shows runs.</summary>
public sealed class ReadmeTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task All_three_ways_to_a_connection_work()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var host = ReadmeHost.Build($$"""
            akka.loglevel = WARNING
            actorpool {
              pools {
                echo {
                  tcp { host = "127.0.0.1", port = {{((IPEndPoint)server.LocalEndpoint).Port}} }
                  max-size = 1
                }
              }
            }
            """);
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();

        host.Services.GetRequiredService<IRequiredActor<Teller>>().ActorRef.Tell(new Order());
        using var connection = await server.AcceptTcpClientAsync().WaitAsync(Patience);
        using var lines = new StreamReader(connection.GetStream());
        Assert.Equal("hello", await lines.ReadLineAsync().WaitAsync(Patience));

        system.ActorOf<Asker>().Tell(new Order());
        Assert.Equal("hello", await lines.ReadLineAsync().WaitAsync(Patience));

        system.ActorOf<Piper>().Tell(new Order());
        Assert.Equal("hello", await lines.ReadLineAsync().WaitAsync(Patience));
        await host.StopAsync();
    }
}
