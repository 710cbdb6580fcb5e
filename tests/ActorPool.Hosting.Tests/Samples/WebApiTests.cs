using System.Diagnostics;
using ActorPool.Servers;

namespace ActorPool.Hosting.Tests.Samples;

/// <summary>The sample service checks itself, with the servers that are embedded in it and with real ones.</summary>
public sealed class WebApiTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_runs_with_nothing_installed()
    {
        var (output, exitCode) = await RunAsync("pools.conf", []);

        Assert.True(exitCode == 0, output);
        Assert.Contains("order 1: 3 × green tea", output, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"Healthy\"", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_runs_on_PostgreSQL_and_Redis()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();

        var (output, exitCode) = await RunAsync("pools.postgres.conf",
        [
            ("ORDERS_DATABASE", postgres.ConnectionString),
            ("REDIS_URL", $"redis://127.0.0.1:{redis.Port}/0"),
        ]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("order 1: 3 × green tea", output, StringComparison.Ordinal);
        Assert.Contains("3 of 3 healthy", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_ends_it_with_one_line_that_says_where()
    {
        var folder = Directory.CreateTempSubdirectory("actorpool-webapi-");
        try
        {
            var file = Path.Combine(folder.FullName, "wrong.conf");
            await File.WriteAllTextAsync(
                file, (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "pools.conf"))).Replace("leak-warning-after", "leek-warning-after", StringComparison.Ordinal));

            var (output, exitCode) = await RunAsync(file, []);

            Assert.NotEqual(0, exitCode);
            Assert.Matches(@"wrong\.conf:9:3: actorpool:leek-warning-after is no option of a pool; did you mean leak-warning-after\?", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<(string Output, int ExitCode)> RunAsync(string pools, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList = { "WebApi.dll", "--check", "true", "--urls", "http://127.0.0.1:0", "--pools", pools },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var outputs = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (string.Concat(outputs), process.ExitCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
