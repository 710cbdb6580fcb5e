using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Places;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorPool.Hosting.Running;

/// <summary>
/// Pools in the life of a host: made and warmed before other services start, drained after all others have stopped, since until
/// then they may be leased from.
/// </summary>
sealed class PoolsService(
    PoolTable table, PoolRegistry registry, PoolBudgets budgets, WarmUps warmUps, PoolReload reload, IOptions<ActorPoolOptions> options, ILogger<PoolsService> logger)
    : IHostedLifecycleService
{
    readonly EndpointWatch _watch = new();

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var pools = registry.All;
        if (pools.Count == 0 && table.Section is { } section)
        {
            HostingLog.NoPools(logger, section.Path, NearestTo(section));
        }

        reload.Begin();
        _watch.Begin(pools);
        if (!options.Value.WarmUp)
        {
            return;
        }

        var warm = warmUps.BeginAsync(pools);
        if (options.Value.StartWait != TimeSpan.Zero)
        {
            try
            {
                await warm.WaitAsync(options.Value.StartWait, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                HostingLog.StartsWithoutWarmUp(logger, options.Value.StartWait.TotalSeconds);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        reload.End();
        _watch.End();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var pools = registry.Made;
        var drained = Task.WhenAll(pools.Select(static pool => pool.DrainAsync(deadline: null)));
        try
        {
            await drained.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // the host's patience (HostOptions.ShutdownTimeout) is over before the pools': leases are cut
            HostingLog.DrainCut(logger, pools.Sum(static pool => pool.Parts.Sum(static part => part.Overview().Leased)));
            await Task.WhenAll(pools.Select(static pool => pool.DrainAsync(TimeSpan.Zero))).ConfigureAwait(false);
        }

        // only now are all connections closed, and their grants can go to other nodes
        try
        {
            await budgets.LeaveAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // it goes on while the container is disposed of
        }
    }

    static string NearestTo(IConfigurationSection section) =>
        NearestName.Find(section.Path, KeyPlaces.TopOf(section).Where(key => !key.Equals(section.Path, StringComparison.OrdinalIgnoreCase))) is { } nearest
            ? $" Was {nearest} meant{(KeyPlaces.Of(section).Find(nearest) is { } place ? $" ({place})" : "")}?"
            : "";
}
