using System.Globalization;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Redis.Tests.Servers;

/// <summary>The contract of connectors, met by the Redis connector with a login, in each of its forms.</summary>
public abstract class RedisContract : ConnectorContract<RedisConnection>, IAsyncLifetime
{
    const string Password = "contract-secret-77";

    static long Number;
    RedisServer? _server;

    protected abstract RedisProtocol Protocol { get; }

    protected virtual bool UsesTls => false;

    protected override IReadOnlyList<string> Secrets => [Password, "wrong-secret-78"];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    protected override async ValueTask<(string Host, int Port)> GetServerAsync()
    {
        _server = UsesTls ? await RedisServer.StartWithTlsAsync("--requirepass", Password) : await RedisServer.StartAsync("--requirepass", Password);
        return ("127.0.0.1", UsesTls ? _server.TlsPort : _server.Port);
    }

    protected override IConnector<RedisConnection> CreateConnector(string host, int port) => Create(host, port, Password);

    protected override IConnector<RedisConnection>? CreateConnectorThatIsRefused(string host, int port) => Create(host, port, "wrong-secret-78");

    protected override async ValueTask UseAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        var question = Interlocked.Increment(ref Number).ToString(CultureInfo.InvariantCulture);
        var answer = await connection.ExecuteAsync("ECHO", [question], cancellationToken);
        ExpectAnswer(question, answer.AsString());
        var pipeline = new RedisPipeline().Add("ECHO", $"{question}a").Add("ECHO", $"{question}b");
        var answers = await connection.ExecuteAsync(pipeline, cancellationToken);
        ExpectAnswer($"{question}a{question}b", answers[0].AsString() + answers[1].AsString());
    }

    RedisConnector Create(string host, int port, string password) => new(new RedisOptions
    {
        Host = host,
        Port = port,
        Password = password,
        Protocol = Protocol,
        Database = 2,
        ClientName = "contract",
        Tcp = { Tls = UsesTls ? new TlsOptions { CaFile = _server!.Certificates.Ca } : null },
    });
}
