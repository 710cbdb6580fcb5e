using ActorPool;
using ActorPool.TestKit;

namespace YourConnector;

public sealed class ShoutConnectorTests : ConnectorContract<ShoutConnection>, IDisposable
{
    readonly ShoutServer _server = new("x7!");
    int _questions;

    protected override IReadOnlyList<string> Secrets => ["x7!"];

    protected override ValueTask<(string Host, int Port)> GetServerAsync() => new(("127.0.0.1", _server.Port));

    protected override IConnector<ShoutConnection> CreateConnector(string host, int port) => new ShoutConnector(host, port, "x7!");

    protected override IConnector<ShoutConnection> CreateConnectorThatIsRefused(string host, int port) => new ShoutConnector(host, port, "wrong");

    protected override async ValueTask UseAsync(ShoutConnection connection, CancellationToken cancellationToken)
    {
        // another question each time: an answer to somebody else's would not do
        var question = $"question {Interlocked.Increment(ref _questions)}";
        ExpectAnswer(question.ToUpperInvariant(), await connection.ShoutAsync(question, cancellationToken));
    }

    public void Dispose() => _server.Dispose();
}
