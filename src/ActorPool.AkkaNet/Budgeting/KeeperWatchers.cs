using ActorPool.Budgets;
using Akka.Actor;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>Who is told of changes to which record.</summary>
sealed class KeeperWatchers
{
    readonly Dictionary<WatchRecord, HashSet<IActorRef>> _watchers = [];

    public void Add(WatchRecord record, IActorRef watcher)
    {
        if (!_watchers.TryGetValue(record, out var watchers))
        {
            _watchers[record] = watchers = [];
        }

        watchers.Add(watcher);
    }

    public void Remove(UnwatchRecord record, IActorRef watcher) => Remove(new WatchRecord(record.Budget, record.Key), watcher);

    /// <summary>It has ended.</summary>
    public void Remove(IActorRef watcher)
    {
        foreach (var record in _watchers.Keys.ToArray())
        {
            Remove(record, watcher);
        }
    }

    /// <summary>Tells those whom a transaction names that was committed.</summary>
    public void Tell(GrantTransaction committed)
    {
        foreach (var key in committed.Notify.Distinct(StringComparer.Ordinal))
        {
            foreach (var watcher in _watchers.GetValueOrDefault(new WatchRecord(committed.Budget, key)) ?? [])
            {
                watcher.Tell(new RecordChanged());
            }
        }
    }

    void Remove(WatchRecord record, IActorRef watcher)
    {
        if (_watchers.TryGetValue(record, out var watchers) && watchers.Remove(watcher) && watchers.Count == 0)
        {
            _watchers.Remove(record);
        }
    }
}
