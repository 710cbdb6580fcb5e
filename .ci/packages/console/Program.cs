// What a stranger's first program does with the packages: a server, a pool on it, a host around that.
using System.Net;
using System.Net.Sockets;
using ActorPool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

using var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
var port = ((IPEndPoint)listener.LocalEndpoint).Port;
var serving = EchoAsync(listener);

var configuration = new ConfigurationBuilder()
    .AddHoconString($$"""actorpool { acquire-timeout = 5s, pools { echo { tcp { host = 127.0.0.1, port = {{port}} }, max-size = 4 } } }""")
    .Build();
await using var services = new ServiceCollection()
    .AddActorPool(configuration.GetSection("actorpool"))
    .BuildServiceProvider();

var pool = services.GetRequiredKeyedService<IConnectionPool<Stream>>("echo");
var answer = await pool.UseAsync(static async (stream, token) =>
{
    await stream.WriteAsync("hello"u8.ToArray(), token);
    var read = new byte[5];
    await stream.ReadExactlyAsync(read, token);
    return System.Text.Encoding.ASCII.GetString(read);
});
var snapshot = pool.Snapshot();
Console.WriteLine($"{answer}; {snapshot}");
await pool.DrainAsync();
listener.Stop();
await serving;
return answer == "hello" && snapshot.MaxSize == 4 ? 0 : 1;

static async Task EchoAsync(TcpListener listener)
{
    try
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().CopyToAsync(client.GetStream());
    }
    catch (SocketException)
    {
        // stopped
    }
}
