using Xunit;

namespace ActorPool.TestKit;

public abstract partial class ConnectorContract<TConnection>
{
    /// <summary>A close closes the socket, whatever the reason; a second one does no harm.</summary>
    [SkippableFact]
    public async Task A_close_closes_the_socket_and_a_second_one_does_no_harm()
    {
        await using var stage = await ArrangeAsync();
        foreach (var reason in new[] { CloseReason.IdleTimeout, CloseReason.Fault, CloseReason.LeaseTimeout, CloseReason.PoolClosed })
        {
            var connection = await stage.OpenAsync();
            await UseAsync(connection, default);

            await stage.CloseAsync(connection, reason);
            await stage.CloseAsync(connection, reason);

            await stage.AllClosedAsync();
            Expect(await TryUseAsync(stage, connection) is not null, "a connection that was closed can be used");
        }
    }

    /// <summary>A close ends, and closes the socket, when the server has ended the connection, hangs, or vanished.</summary>
    [SkippableFact]
    public async Task A_close_does_not_wait_for_a_server_that_is_not_there()
    {
        await using var stage = await ArrangeAsync();
        foreach (var fault in new[] { Fault.None, Fault.Hang, Fault.HalfOpen })
        {
            stage.Proxy.Fault = Fault.None;
            var connection = await stage.OpenAsync();
            await UseAsync(connection, default);
            stage.Proxy.Fault = fault;
            if (fault == Fault.None)
            {
                stage.Proxy.KillAll();
            }

            await stage.CloseAsync(connection);

            await stage.AllClosedAsync();
        }
    }

    /// <summary>A close under a use that goes on ends the use: so a lease is cut.</summary>
    [SkippableFact]
    public async Task A_close_ends_a_use_that_goes_on()
    {
        await using var stage = await ArrangeAsync();
        var connection = await stage.OpenAsync();
        await UseAsync(connection, default);
        stage.Proxy.Fault = Fault.Hang;

        var use = TryUseAsync(stage, connection);
        await stage.CloseAsync(connection, CloseReason.LeaseTimeout);

        Expect(await use is not null, "a use without an answer has succeeded");
        await stage.AllClosedAsync();
    }

    /// <summary>What the pool asks on its callers' threads throws nothing, whatever the state of the connection and the error.</summary>
    [SkippableFact]
    public async Task The_looks_at_a_connection_and_an_error_throw_nothing()
    {
        await using var stage = await ArrangeAsync();
        var connection = await stage.OpenAsync();

        Look(stage.Connector, connection);
        stage.Proxy.KillAll();
        Look(stage.Connector, connection);
        await stage.CloseAsync(connection);
        Look(stage.Connector, connection);

        foreach (var error in new Exception[] { new IOException("x"), new OperationCanceledException(), new AggregateException(new TimeoutException()), new InvalidOperationException() })
        {
            _ = stage.Connector.IsFault(error);
            _ = stage.Connector.Classify(error);
        }
    }

    /// <summary>No text about a connector or a connection shows a secret.</summary>
    [SkippableFact]
    public async Task No_text_shows_a_secret()
    {
        Skip.If(Secrets.Count == 0, "There are no secrets.");
        await using var stage = await ArrangeAsync();
        var connection = await stage.OpenAsync();

        ExpectNoSecrets("the connector", stage.Connector.ToString());
        ExpectNoSecrets("the connection", connection.ToString());
        await stage.CloseAsync(connection);
        ExpectNoSecrets("the closed connection", connection.ToString());
    }

    static void Look(IConnector<TConnection> connector, TConnection connection)
    {
        _ = connector.IsReusable(connection);
        _ = connector.TryReturn(connection);
    }
}
