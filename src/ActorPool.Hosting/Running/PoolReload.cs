using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Places;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ActorPool.Hosting.Running;

/// <summary>Gives running pools the options that the configuration has for them now. No lease is dropped for it.</summary>
sealed class PoolReload(
    PoolTable table,
    PoolRegistry registry,
    PoolBudgets budgets,
    IOptionsFactory<PoolOptions> factory,
    IOptions<ActorPoolOptions> options,
    ILogger<PoolReload> logger) : IDisposable
{
    readonly Lock _reloading = new();
    readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);
    Dictionary<string, ConfiguredText> _running = [];
    Dictionary<string, ConfiguredText> _known = [];
    IDisposable? _watch;

    /// <summary>Begins to watch the configuration.</summary>
    public void Begin()
    {
        if (table.Section is not { } section || !options.Value.Reload)
        {
            return;
        }

        _known = TextsOf(section);
        _running = _known;

        foreach (var source in KeyPlaces.FilesOf(section))
        {
            // who set nothing would never hear that a file could not be read again
            source.OnLoadException ??= NotReadAgain;
        }

        _watch = ChangeToken.OnChange(section.GetReloadToken, Reload, section);
    }

    /// <summary>Watches no longer.</summary>
    public void End() => _watch?.Dispose();

    public void Dispose() => End();

    void NotReadAgain(FileLoadExceptionContext context)
    {
        HostingLog.NotReadAgain(logger, (context.Exception.InnerException ?? context.Exception).Message);
        context.Ignore = true;
    }

    void Reload(IConfigurationSection section)
    {
        // Runs where the configuration's source found that it has changed: nothing may be thrown there.
        try
        {
            lock (_reloading)
            {
                ReloadChanged(section);
            }
        }
        catch (OptionsValidationException refused)
        {
            HostingLog.ReloadRefused(logger, string.Join(Environment.NewLine, refused.Failures));
        }
#pragma warning disable CA1031 // users' code that sets options
        catch (Exception error)
#pragma warning restore CA1031
        {
            HostingLog.ReloadFailed(logger, error);
        }
    }

    /// <summary>All or nothing: what any pool cannot use, none gets.</summary>
    void ReloadChanged(IConfigurationSection section)
    {
        var problems = new ConfigurationProblems(section);
        var configured = table.ReadSection(problems);
        problems.ThrowIfAny();
        foreach (var entry in configured.Where(entry => !table.TryGet(entry.Name, out _) && _told.Add($"new {entry.Name}")))
        {
            HostingLog.PoolNeedsRestart(logger, entry.Name);
        }

        var changed = new List<(PoolRegistration Pool, PoolOptions Options)>();
        var texts = TextsOf(section);
        foreach (var pool in table.Pools)
        {
            var (before, now) = (_known[pool.Name], texts[pool.Name]);
            if (pool.IsConfigured && !configured.Any(entry => string.Equals(entry.Name, pool.Name, StringComparison.OrdinalIgnoreCase)))
            {
                if (_told.Add($"gone {pool.Name}"))
                {
                    HostingLog.PoolIsGone(logger, pool.Name);
                }

                continue;
            }

            _told.Remove($"gone {pool.Name}");
            if (before.Options != now.Options)
            {
                changed.Add((pool, factory.Create(pool.Name)));
            }

            if (now.Connector != _running[pool.Name].Connector && before.Connector != now.Connector)
            {
                HostingLog.ConnectorNeedsRestart(logger, pool.Name);
            }
        }

        foreach (var (pool, changedOptions) in changed)
        {
            budgets.Attach(pool.Name, changedOptions);
            _ = ReconfigureAsync(registry.Get(pool), changedOptions);
        }

        _known = texts;
    }

    Dictionary<string, ConfiguredText> TextsOf(IConfigurationSection section) => table.Pools.ToDictionary(
        static pool => pool.Name, pool => ConfiguredText.Of(section, pool.Name, table.KnownConnectors), StringComparer.OrdinalIgnoreCase);

    async Task ReconfigureAsync(HostedPool pool, PoolOptions options)
    {
        try
        {
            await pool.ReconfigureAsync(options).ConfigureAwait(false);
            HostingLog.Reloaded(logger, pool.Name);
        }
#pragma warning disable CA1031 // the pool is as it was, and the next reload may be better
        catch (Exception error)
#pragma warning restore CA1031
        {
            HostingLog.PoolReloadFailed(logger, error, pool.Name);
        }
    }
}
