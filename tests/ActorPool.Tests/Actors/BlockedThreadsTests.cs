using System.Diagnostics;

namespace ActorPool.Tests.Actors;

/// <summary>
/// Rule 9 of dispatch, in a process of its own: a test host blocks thread-pool threads itself, in ways that the thread pool
/// does not notice.
/// </summary>
[Collection(RealThreads.Name)]
public sealed class BlockedThreadsTests
{
    [Fact]
    public async Task Rule_9_blocked_thread_pool_threads_do_not_starve_their_own_opens()
    {
        using var stress = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ActorPool.Stress.dll"), "blocked"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = await stress.StandardOutput.ReadToEndAsync(patience.Token);
        await stress.WaitForExitAsync(patience.Token);

        Assert.True(stress.ExitCode == 0, output);
    }
}
