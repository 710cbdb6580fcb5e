using ActorPool.TestKit.Contracts;
using Xunit;

namespace ActorPool.TestKit;

public abstract partial class ConnectorContract<TConnection>
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Every open gives a connection of its own, and what is opened works.</summary>
    [SkippableFact]
    public async Task Each_open_gives_a_connection_of_its_own_that_works()
    {
        await using var stage = await ArrangeAsync();

        var first = await stage.OpenAsync();
        var second = await stage.OpenAsync();

        Expect(!ReferenceEquals(first, second), "two opens have given the same connection");
        await Task.WhenAll(UseAsync(first, default).AsTask(), UseAsync(second, default).AsTask());
        await stage.CloseAsync(first);
        await UseAsync(second, default);
        await stage.CloseAsync(second);
    }

    /// <summary>An open that is refused fails, in a way that waiting may cure, and leaves no socket.</summary>
    [SkippableFact]
    public async Task A_refused_open_fails_as_transient_and_the_next_one_succeeds()
    {
        await using var stage = await ArrangeAsync();
        stage.Proxy.Fault = Fault.Refuse;

        var error = await FailsAsync(() => stage.OpenAsync(), "an open that was refused");

        var kind = stage.Connector.Classify(error);
        Expect(kind == OpenFailureKind.Transient, $"a refused open is {kind}, not Transient: {error.Message}");
        ExpectNoSecrets("the error of a refused open", error.ToString());
        stage.Proxy.Fault = Fault.None;
        var connection = await stage.OpenAsync();
        await UseAsync(connection, default);
        await stage.CloseAsync(connection);
    }

    /// <summary>An open that was cancelled before it began, or while a server hangs, ends soon and leaves no socket.</summary>
    [SkippableFact]
    public async Task A_cancelled_open_ends_and_leaves_no_socket_behind()
    {
        await using var stage = await ArrangeAsync();
        using var cancellation = new CancellationTokenSource();
        stage.Proxy.Fault = Fault.Hang;

        var opening = stage.OpenAsync(cancellation.Token);
        await stage.EndsAsync(stage.Proxy.WaitUntilAsync(static proxy => proxy.Accepted > 0), "an open reaches no server: connecting");
        await cancellation.CancelAsync();
        await CloseWhatOpensAsync(stage, opening);
        await CloseWhatOpensAsync(stage, stage.OpenAsync(cancellation.Token));

        await stage.AllClosedAsync();
    }

    /// <summary>An open that the server cuts or answers with garbage fails in time and leaves no socket.</summary>
    [SkippableFact]
    public async Task An_open_that_meets_a_broken_server_fails_and_leaves_no_socket_behind()
    {
        Skip.IfNot(OpensWithHandshake, "Opens do not need the server's answer.");
        await using var stage = await ArrangeAsync();
        foreach (var fault in new[] { Fault.Reset, Fault.Finish, Fault.Garbage, Fault.CutAfter(1) })
        {
            stage.Proxy.Fault = fault;

            // garbage may look like the beginning of an answer
            using var timeout = new CancellationTokenSource(ConnectTimeout);
            var error = await FailsAsync(() => stage.OpenAsync(timeout.Token), $"an open through the fault '{fault}'");

            Expect(stage.Connector.Classify(error) != OpenFailureKind.Credentials, $"a fault of the network ('{fault}') is told as refused credentials: {error.Message}");
            ExpectNoSecrets($"the error of an open through the fault '{fault}'", error.ToString());
            await stage.AllClosedAsync();
        }
    }

    /// <summary>A login that is refused is told apart from what waiting may cure, without the secret, and leaves no socket.</summary>
    [SkippableFact]
    public async Task A_refused_login_is_classified_as_such()
    {
        await using var stage = await ArrangeAsync();
        var refused = CreateConnectorThatIsRefused(stage.Proxy.Host, stage.Proxy.Port);
        Skip.If(refused is null, "There is no login.");

        var error = await FailsAsync(() => stage.OpenAsync(refused), "an open with the wrong credentials");

        var kind = refused.Classify(error);
        Expect(kind == OpenFailureKind.Credentials, $"a refused login is {kind}, not Credentials: {error.Message}");
        ExpectNoSecrets("the error of a refused login", error.ToString());
        await stage.AllClosedAsync();
    }

    /// <summary>A cancelled open throws; one that no longer needs anybody may still succeed, and is then closed.</summary>
    static async Task CloseWhatOpensAsync(ContractStage<TConnection> stage, Task<TConnection> opening)
    {
        TConnection connection;
        try
        {
            connection = await opening;
        }
        catch (Exception error) when (error is not ExpectationException)
        {
            Expect(error is OperationCanceledException, $"a cancelled open throws {error.GetType().Name} instead of an OperationCanceledException: {error.Message}");
            return;
        }

        await stage.CloseAsync(connection);
    }
}
