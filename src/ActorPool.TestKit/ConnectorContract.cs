using ActorPool.TestKit.Contracts;
using Xunit;

namespace ActorPool.TestKit;

/// <summary>
/// What a pool relies on in a connector, as tests: inherit it in a test project that uses xunit, say how to reach a real server
/// and how to use a connection, and every clause runs against your connector, with a <see cref="FaultProxy"/> between it and the
/// server.
/// </summary>
/// <remarks>
/// The clauses are <see cref="SkippableFactAttribute"/>s: one that does not apply to a connector, such as a probe where there
/// is none, is skipped and says so. What is not met is an <see cref="ExpectationException"/>.
/// </remarks>
/// <typeparam name="TConnection">What the connector opens.</typeparam>
public abstract partial class ConnectorContract<TConnection>
    where TConnection : class
{
    /// <summary>What must never be seen in a text, such as the password that the connector logs in with. Default: none.</summary>
    protected virtual IReadOnlyList<string> Secrets => [];

    /// <summary>
    /// Whether an open needs the server's answer, as one with TLS or a login does. Default true. Without, an open succeeds on a
    /// server that hangs or talks garbage.
    /// </summary>
    protected virtual bool OpensWithHandshake => true;

    /// <summary>How long a step that must end may take, in real time. Default 10 s.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(10);

    /// <summary>Where a server is that the connector can use; started before, or here. May skip the test.</summary>
    protected abstract ValueTask<(string Host, int Port)> GetServerAsync();

    /// <summary>The connector, to a certain address: that of a proxy before the server. Its certificate, if any, is for 127.0.0.1.</summary>
    /// <param name="host">The address.</param>
    /// <param name="port">The port.</param>
    protected abstract IConnector<TConnection> CreateConnector(string host, int port);

    /// <summary>A connector whose login the server refuses. Default null: there is no login.</summary>
    /// <param name="host">The address.</param>
    /// <param name="port">The port.</param>
    protected virtual IConnector<TConnection>? CreateConnectorThatIsRefused(string host, int port) => null;

    /// <summary>
    /// Asks the server something that it answers differently each time, such as an echo of a new number, and reads the answer.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="cancellationToken">To be passed to whatever waits.</param>
    /// <exception cref="ExpectationException">The answer is another one's: thrown by <see cref="ExpectAnswer"/>.</exception>
    protected abstract ValueTask UseAsync(TConnection connection, CancellationToken cancellationToken);

    /// <summary>For <see cref="UseAsync"/>: that an answer is the one to the question.</summary>
    /// <param name="expected">What had to come.</param>
    /// <param name="actual">What came.</param>
    /// <exception cref="ExpectationException">They differ.</exception>
    protected static void ExpectAnswer(string expected, string? actual) =>
        Expect(expected == actual, $"a connection's answer was '{actual}', where '{expected}' was asked for: it is the answer to another question");

    static void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new ExpectationException($"The contract of connectors is not met: {otherwise}.");
        }
    }

    /// <summary>What a step throws, which it must.</summary>
    static async Task<Exception> FailsAsync(Func<Task> step, string what)
    {
        try
        {
            await step();
        }
        catch (Exception error) when (error is not ExpectationException)
        {
            return error;
        }

        throw new ExpectationException($"The contract of connectors is not met: {what} has succeeded.");
    }

    async Task<ContractStage<TConnection>> ArrangeAsync()
    {
        var (host, port) = await GetServerAsync();
        var proxy = FaultProxy.Start(host, port);
        try
        {
            return new ContractStage<TConnection>(proxy, CreateConnector(proxy.Host, proxy.Port), Patience);
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Uses a connection; null, or what it threw.</summary>
    async Task<Exception?> TryUseAsync(ContractStage<TConnection> stage, TConnection connection, CancellationToken cancellationToken = default)
    {
        try
        {
            await stage.EndsAsync(UseAsync(connection, cancellationToken).AsTask(), "a use");
            return null;
        }
        catch (Exception error) when (error is not ExpectationException)
        {
            return error;
        }
    }

    void ExpectNoSecrets(string what, string? text)
    {
        foreach (var secret in Secrets)
        {
            Expect(text?.Contains(secret, StringComparison.Ordinal) is not true, $"{what} shows a secret: {text?.Replace(secret, "(the secret)", StringComparison.Ordinal)}");
        }
    }
}
