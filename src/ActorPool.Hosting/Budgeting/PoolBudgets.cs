using System.Collections.Concurrent;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Pools;
using ActorPool.Hosting.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool.Hosting.Budgeting;

/// <summary>
/// The budgets over many machines of an application: each is made with the first pool that has it, and left when the pools have
/// been drained.
/// </summary>
sealed class PoolBudgets(PoolTable table, IServiceProvider provider, ILogger<PoolBudgets>? logger = null) : IAsyncDisposable, IDisposable
{
    // Services without a host may have no logs.
    readonly ILogger _logger = logger ?? (ILogger)NullLogger<PoolBudgets>.Instance;
    readonly ConcurrentDictionary<string, Lazy<HostedBudget>> _made = new(StringComparer.OrdinalIgnoreCase);

    // Of each pool once: a pool cannot change its budget while it runs.
    readonly ConcurrentDictionary<string, Lazy<HostedBudget?>> _ofPools = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The one of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public HostedBudget Get(string name) => _made.GetOrAdd(name, name => new Lazy<HostedBudget>(() => Make(name))).Value;

    /// <summary>Puts a pool's budget into its options, if it has one.</summary>
    public void Attach(string pool, PoolOptions options)
    {
        if (Of(pool) is { } budget)
        {
            options.Budget = budget.Budget;
        }
    }

    /// <summary>What a pool's connections must call themselves; null for what they like.</summary>
    public string? ClientNameOf(string pool) => Of(pool)?.ClientName;

    /// <summary>Leaves all of them: their pools have been drained.</summary>
    public Task LeaveAsync() => Task.WhenAll(_made.Values.Where(static made => made.IsValueCreated).Select(made => LeaveAsync(made.Value)));

    public async ValueTask DisposeAsync() => await LeaveAsync().ConfigureAwait(false);

    /// <summary>Begins to leave, and waits for nothing.</summary>
    public void Dispose() => _ = LeaveAsync();

    HostedBudget? Of(string pool) => _ofPools.GetOrAdd(pool, pool => new Lazy<HostedBudget?>(() => Find(pool))).Value;

    HostedBudget? Find(string pool)
    {
        if (table.Budgets is null && table.Section is { } section)
        {
            // the host's validation would have told it, but there may be no host
            var problems = new ConfigurationProblems(section);
            BudgetNames.Refuse(section, problems);
            problems.ThrowIfAny();
        }

        if (table.Budgets?.NameOf(table.Section, pool) is not { } name)
        {
            return null;
        }

        var budget = Get(name);
        if (budget.ClientName is { } clientName)
        {
            HostingLog.Named(_logger, pool, name, clientName);
        }

        return budget;
    }

    HostedBudget Make(string name) => table.Budgets is { } catalog
        ? catalog.Make(provider, table.Section, name)
        : throw new InvalidOperationException($"There is no budget named '{name}': budgets are added by services.AddActorPoolBudget().");

    async Task LeaveAsync(HostedBudget budget)
    {
        try
        {
            if (budget.Budget is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }

            if (budget.Then is { } then)
            {
                await then.DisposeAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // an engine's own errors must not keep the host from stopping
        catch (Exception error)
#pragma warning restore CA1031
        {
            HostingLog.LeavingFailed(_logger, error, budget.Budget.Name);
        }
    }
}
