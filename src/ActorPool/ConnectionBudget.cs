using System.Diagnostics;
using ActorPool.Errors;
using ActorPool.Grants;

namespace ActorPool;

/// <summary>
/// One cap on the connections of several pools of this process: "at most 200 to this host, over all databases". Grants are
/// shared fairly (max-min fairness): a free one goes to the pool that has the fewest of those that want more, and when none
/// is free, the pools that have most are asked to close what they do not need. All members may be called from any thread.
/// </summary>
/// <remarks>Max-min fairness as in D. Bertsekas and R. Gallager, <i>Data Networks</i>, 2nd edition, 1992, section 6.5.2.</remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed class ConnectionBudget : IConnectionBudget
{
    readonly BudgetActor _actor;

    /// <summary>Makes one; pools take it as <see cref="PoolOptions.Budget"/>.</summary>
    /// <param name="maxConnections">How many connections the pools may have between them; 0 to 1,000,000; 0: none for now.</param>
    /// <param name="runtime">Time, threads and logs; null is <see cref="PoolRuntime.Default"/>. As that of its pools.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public ConnectionBudget(int maxConnections, PoolRuntime? runtime = null)
    {
        CheckMax(maxConnections);
        _actor = new BudgetActor((runtime ?? PoolRuntime.Default).System, maxConnections);
    }

    /// <inheritdoc/>
    public IBudgetShare Join(string poolName, IBudgetMember member)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(poolName);
        ArgumentNullException.ThrowIfNull(member);
        var share = new BudgetShare(_actor, poolName, member);
        _actor.Tell(new BudgetMessage(BudgetRequest.Join, share));
        return share;
    }

    /// <summary>
    /// Changes the cap. A higher one is shared out at once. Under a lower one nothing is granted until the pools are below
    /// it; they are asked for what is too much, and lose no connection that is in use. Never blocks.
    /// </summary>
    /// <param name="maxConnections">0 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public void Resize(int maxConnections)
    {
        CheckMax(maxConnections);
        _actor.Tell(new BudgetMessage(BudgetRequest.Resize, Count: maxConnections));
    }

    /// <summary>
    /// Changes the cap, and orders back what pools have above it: idle connections are closed at once, those of minimum sizes
    /// included, leased ones as the mode says. The order lives until the cap is changed again. Never blocks.
    /// </summary>
    /// <param name="maxConnections">0 to 1,000,000; 0: the pools close all they have.</param>
    /// <param name="recall">Leased connections: when they come back, or at once, under their holders.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public void Resize(int maxConnections, EvictMode recall)
    {
        CheckMax(maxConnections);
        _actor.Tell(new BudgetMessage(BudgetRequest.Resize, Count: maxConnections) { Mode = recall });
    }

    /// <summary>
    /// Tells of every change of the cap, of what pools hold and of what they want, and first of how it is now. Several changes may be told as one. Calls
    /// come on the runtime's dispatcher, one at a time; they must not block.
    /// </summary>
    /// <param name="changed">Told, with a picture taken for the call.</param>
    /// <returns>Disposed, it ends; a call may still be under way.</returns>
    public IDisposable Watch(Action<BudgetSnapshot> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var watch = new BudgetWatch(_actor, Snapshot, changed);
        _actor.Tell(new BudgetMessage(BudgetRequest.Watch) { Watch = watch });
        return watch;
    }

    /// <summary>What the budget looks like at this moment. Never blocks for long.</summary>
    public BudgetSnapshot Snapshot()
    {
        var message = new BudgetMessage(BudgetRequest.TakeSnapshot);
        _actor.TakeTurn(ref message);
        return message.Snapshot ?? throw GrantErrors.ActorFailed();
    }

    // A debugger may have stopped the thread that owns the mailbox: nothing to wait for.
    string DebuggerDisplay
    {
        get
        {
            var message = new BudgetMessage(BudgetRequest.TakeSnapshot);
            return _actor.TryTurnAtOnce(ref message) && message.Snapshot is { } snapshot ? snapshot.ToString() : "connection budget (busy)";
        }
    }

    static void CheckMax(int maxConnections)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxConnections);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxConnections, 1_000_000);
    }
}
