using System.Reflection;
using ActorPool.Actors;
using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>
/// Blanks one cell of a transition table for a while, and looks for a pool that trips over it. The table is everybody's: only
/// for tests that nothing else runs beside.
/// </summary>
sealed class TableGap : IDisposable
{
    const int LivesMax = 3_000;

    readonly Array _table;
    readonly int _index;
    readonly object _cell;
    readonly string _complaint;

    /// <param name="transitions">Whose table.</param>
    /// <param name="row">The state.</param>
    /// <param name="column">The event.</param>
    /// <param name="complaint">What the invariant says that trips over the gap.</param>
    public TableGap(Type transitions, int row, int column, string complaint)
    {
        _complaint = complaint;
        const BindingFlags Private = BindingFlags.NonPublic | BindingFlags.Static;
        _table = (Array)transitions.GetField("Table", Private)!.GetValue(null)!;
        _index = (row * (int)transitions.GetField("Events", Private)!.GetValue(null)!) + column;
        _cell = _table.GetValue(_index)!;
        _table.SetValue(transitions.GetField("None", Private)!.GetRawConstantValue() is { } none
            ? Enum.ToObject(_cell.GetType(), none)
            : throw new InvalidOperationException(), _index);
    }

    /// <summary>The seed of the first harsh life in which a turn trips over the gap; null if none does.</summary>
    public ulong? FindVictim()
    {
        for (var seed = 1UL; seed <= LivesMax; seed++)
        {
            var life = new PoolLife(seed, isHarsh: true);
            var random = new SeededRandom(seed);
            for (var action = 0; action < 60; action++)
            {
                life.Do(random.Next(PoolLife.Choices));
                if (life.Failures.Exists(failed => failed.Error is InvariantException && failed.Error.Message.Contains(_complaint, StringComparison.Ordinal)))
                {
                    return seed;
                }

                if (life.Failures.Count > 0)
                {
                    // What happens to a pool after a turn has failed is another story.
                    break;
                }
            }
        }

        return null;
    }

    public void Dispose() => _table.SetValue(_cell, _index);
}
