using ActorPool.TestKit.Contracts;
using Xunit;

namespace ActorPool.TestKit;

public abstract partial class ConnectorContract<TConnection>
{
    /// <summary>A connection that was used and returned goes on to the next holder, after its reset if it has one.</summary>
    [SkippableFact]
    public async Task A_connection_serves_one_holder_after_the_other()
    {
        await using var stage = await ArrangeAsync();
        var connection = await stage.OpenAsync();

        for (var holder = 0; holder < 3; holder++)
        {
            await UseAsync(connection, default);
            Expect(stage.IsKept(connection, error: null), "a connection that was used as it should be is not taken back");
            if (stage.Connector.Steps.HasFlag(ConnectorSteps.Reset))
            {
                await stage.EndsAsync(stage.Connector.ResetAsync(connection, default).AsTask(), "a reset");
            }

            Expect(stage.Connector.IsReusable(connection), "a connection that is fit is called not reusable");
        }

        Expect(stage.Proxy.Accepted == 1, $"one connection has connected {stage.Proxy.Accepted} times");
        await stage.CloseAsync(connection);
    }

    /// <summary>A probe says nothing against a living connection and leaves it fit; against a dead one it throws; on a silent one it heeds its token.</summary>
    [SkippableFact]
    public async Task A_probe_tells_the_living_from_the_dead()
    {
        await using var stage = await ArrangeAsync();
        Skip.IfNot(stage.Connector.Steps.HasFlag(ConnectorSteps.Probe), "The connector has no probe.");
        var living = await stage.OpenAsync();
        var silent = await stage.OpenAsync();

        await stage.EndsAsync(stage.Connector.ProbeAsync(living, default).AsTask(), "a probe");
        await UseAsync(living, default);

        stage.Proxy.Fault = Fault.Hang;
        using var cancellation = new CancellationTokenSource();
        var probe = stage.Connector.ProbeAsync(silent, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await FailsAsync(() => stage.EndsAsync(probe, "a cancelled probe"), "a probe without an answer");

        stage.Proxy.KillAll();
        stage.Proxy.Fault = Fault.None;
        await FailsAsync(
            () => stage.EndsAsync(stage.Connector.ProbeAsync(living, default).AsTask(), "the probe of a dead connection"), "the probe of a dead connection");
        await stage.CloseAsync(living, CloseReason.ProbeFailed);
        await stage.CloseAsync(silent, CloseReason.ProbeFailed);
    }

    /// <summary>A connection that ends in use fails its holder in time, and is not kept.</summary>
    [SkippableFact]
    public async Task A_connection_that_ends_in_use_is_not_kept()
    {
        await using var stage = await ArrangeAsync();
        foreach (var orderly in new[] { false, true })
        {
            var connection = await stage.OpenAsync();
            await UseAsync(connection, default);
            stage.Proxy.KillAll(orderly);

            var error = await TryUseAsync(stage, connection);

            Expect(error is not null, "a connection that was ended can be used");
            Expect(!stage.IsKept(connection, error), $"a connection that was ended is kept, after {error!.GetType().Name}: {error.Message}");
            ExpectNoSecrets("the error of a use", error.ToString());
            await stage.CloseAsync(connection, CloseReason.Fault);
        }
    }

    /// <summary>A connection that its peer has ended while it was idle is known to be dead, where the connector looks.</summary>
    [SkippableFact]
    public async Task A_connection_that_ended_while_idle_is_not_handed_out()
    {
        await using var stage = await ArrangeAsync();
        Skip.IfNot(stage.Connector.Steps.HasFlag(ConnectorSteps.Reuse), "The connector does not look at connections before they are handed out.");
        var connection = await stage.OpenAsync();
        await UseAsync(connection, default);

        stage.Proxy.KillAll();

        await stage.EndsAsync(NoticeAsync(stage, connection), "a connection that has ended is called reusable: noticing it");
        await stage.CloseAsync(connection, CloseReason.NotReusable);
    }

    /// <summary>
    /// A use that was cancelled while its answer was under way ends in time; the connection is not kept, or the next holder gets
    /// its own answer on it.
    /// </summary>
    [SkippableFact]
    public async Task After_a_cancelled_use_nobody_reads_the_late_answer()
    {
        await using var stage = await ArrangeAsync();
        var connection = await stage.OpenAsync();
        await UseAsync(connection, default);
        stage.Proxy.Fault = Fault.Hang;
        using var cancellation = new CancellationTokenSource();

        var use = TryUseAsync(stage, connection, cancellation.Token);
        await cancellation.CancelAsync();
        var error = await stage.EndsAsync(use, "a cancelled use");

        Expect(error is not null, "a cancelled use without an answer has succeeded");
        stage.Proxy.Fault = Fault.None;
        if (stage.IsKept(connection, error))
        {
            for (var holder = 0; holder < 3; holder++)
            {
                await UseAsync(connection, default);
            }
        }

        await stage.CloseAsync(connection, CloseReason.Fault);
    }

    /// <summary>Looks until the connection is known to be dead: its end is on its way through the system.</summary>
    static async Task NoticeAsync(ContractStage<TConnection> stage, TConnection connection)
    {
        while (!stage.IsKnownDead(connection))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }
}
