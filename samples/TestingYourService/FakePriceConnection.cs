using ActorPool.TestKit;

namespace TestingYourService;

/// <summary>A connection with a script in place of a server.</summary>
sealed class FakePriceConnection(ScriptedConnector<IPriceConnection> server) : IPriceConnection
{
    public async ValueTask<decimal> AskAsync(string item, CancellationToken cancellationToken)
    {
        await server.OperateAsync(this, cancellationToken);
        return item.Length;
    }

    public ValueTask ChangeAsync(string item, decimal amount, CancellationToken cancellationToken) =>
        server.OperateAsync(this, cancellationToken);
}
