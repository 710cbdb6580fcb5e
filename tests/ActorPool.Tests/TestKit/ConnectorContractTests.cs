using System.Reflection;
using ActorPool.Servers;
using ActorPool.TestKit;
using ActorPool.Tests.TestKit.Contracts;

namespace ActorPool.Tests.TestKit;

/// <summary>The contract finds what is wrong with a connector, and nothing where nothing is wrong.</summary>
public sealed class ConnectorContractTests : IAsyncLifetime
{
    const string Password = "x7!";

    readonly EchoServer _server = EchoServer.Start(password: Password);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task A_connector_without_a_defect_breaks_no_clause()
    {
        var broken = await BrokenByAsync(Defect.None);

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public async Task Every_defect_breaks_a_clause()
    {
        var defects = Enum.GetValues<Defect>().Except([Defect.None]);
        var broken = await Task.WhenAll(defects.Select(async defect => (defect, clauses: await BrokenByAsync(defect))));

        Assert.Equal([], broken.Where(one => one.clauses.Count == 0).Select(one => one.defect));
    }

    /// <summary>The clauses that a connector with a defect breaks, and what they say.</summary>
    async Task<List<string>> BrokenByAsync(Defect defect)
    {
        var broken = await Task.WhenAll(Clauses().Select(async clause =>
        {
            try
            {
                await (Task)clause.Invoke(new DefectiveContract(_server, Password, defect), null)!;
                return null;
            }
            catch (Exception error) when (error is not SkipException)
            {
                return $"{clause.Name}: {error.Message}";
            }
        }));
        return [.. broken.OfType<string>()];
    }

    static IEnumerable<MethodInfo> Clauses() =>
        typeof(DefectiveContract).GetMethods().Where(method => method.IsDefined(typeof(SkippableFactAttribute), inherit: true));
}
