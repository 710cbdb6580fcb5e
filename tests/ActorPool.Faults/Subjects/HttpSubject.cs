using ActorPool.Http;
using ActorPool.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorPool.Faults.Subjects;

/// <summary>GET from Kestrel, through the pooled handler.</summary>
sealed class HttpSubject(WebApplication server) : Subject
{
    public override string Name => "HTTP";

    public override int Port => new Uri(server.Urls.Single()).Port;

    public static async Task<Subject> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapGet("/{question}", static (string question) => question);
        await server.StartAsync();
        return new HttpSubject(server);
    }

    public override ISession Begin(FaultProxy proxy) => new Session(new Uri($"http://{proxy.Host}:{proxy.Port}"), Options(Name));

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    sealed class Session : ISession
    {
        readonly HttpPools _pools;
        readonly HttpClient _client;
        readonly Uri _address;

        public Session(Uri address, PoolOptions options)
        {
            _address = address;
            _pools = new HttpPools(new HttpPoolOptions { Pool = options, UseProxy = false });
            _client = new HttpClient(new PooledHttpHandler(_pools)) { BaseAddress = address };
        }

        public PoolSnapshot Snapshot() => _pools.GetPool(_address).Snapshot();

        public async ValueTask<string> AskAsync(string question, CancellationToken cancellationToken) =>
            await _client.GetStringAsync(new Uri($"/{question}", UriKind.Relative), cancellationToken);

        public ValueTask DisposeAsync()
        {
            _client.Dispose();
            return _pools.DisposeAsync();
        }
    }
}
