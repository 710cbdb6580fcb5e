using ActorPool.Http.Connections;
using ActorPool.Http.Options;
using ActorPool.Http.Origins;
using ActorPool.Http.Tests.Support;
using ActorPool.Servers;
using ActorPool.TestKit;
using Microsoft.AspNetCore.Builder;

namespace ActorPool.Http.Tests;

/// <summary>The connector of HTTP connections does what pools rely on.</summary>
public abstract class HttpConnectorContractTests(bool overTls) : ConnectorContract<object>, IAsyncLifetime
{
    WebServer? _server;
    int _questions;

    public async Task InitializeAsync() => _server = await WebServer.StartAsync(
        static application => application.MapGet("/{question}", static (string question) => question), overTls: overTls);

    public Task DisposeAsync() => _server!.DisposeAsync().AsTask();

    protected override bool OpensWithHandshake => overTls;

    protected override ValueTask<(string Host, int Port)> GetServerAsync() => new(("127.0.0.1", _server!.Address.Port));

    protected override IConnector<object> CreateConnector(string host, int port)
    {
        var settings = HttpPoolSettings.From(new HttpPoolOptions { UseProxy = false, Tls = { CaCertificates = [TestCertificates.Ca] } });
        var origin = new Origin(new OriginKey(overTls, host, port, HttpProtocol.Http1, Proxy: null, IsTunnelled: false), proxyNumber: 0);
        var connector = new HttpConnector(origin, settings.Connection, PoolRuntime.Default.Dispatcher);
        return new Untyped(connector, $"{(overTls ? "https" : "http")}://{host}:{port}/");
    }

    protected override async ValueTask UseAsync(object connection, CancellationToken cancellationToken)
    {
        var http = (Untyped.Connection)connection;
        var question = $"{Interlocked.Increment(ref _questions)}";
        Assert.True(http.Inner.TryTake());
        using var request = new HttpRequestMessage(HttpMethod.Get, http.Address + question);
        using var response = await http.Inner.SendAsync(request, cancellationToken);
        ExpectAnswer(question, await response.Content.ReadAsStringAsync(cancellationToken));
        http.Inner.GiveBack();
    }

    /// <summary>The connector for those who may not see the type of its connections, which is internal.</summary>
    sealed class Untyped(HttpConnector inner, string address) : IConnector<object>
    {
        public ConnectorSteps Steps => inner.Steps;

        public async ValueTask<object> OpenAsync(OpenContext context, CancellationToken cancellationToken) =>
            new Connection(await inner.OpenAsync(context, cancellationToken), address);

        public ValueTask CloseAsync(object connection, CloseReason reason) => inner.CloseAsync(Of(connection), reason);

        public bool IsFault(Exception error) => inner.IsFault(error);

        public bool IsReusable(object connection) => inner.IsReusable(Of(connection));

        public bool TryReturn(object connection) => inner.TryReturn(Of(connection));

        public OpenFailureKind Classify(Exception error) => inner.Classify(error);

        static HttpConnection Of(object connection) => ((Connection)connection).Inner;

        public sealed record Connection(HttpConnection Inner, string Address);
    }
}
