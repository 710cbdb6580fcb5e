using System.Collections;

namespace ActorPool.Endpoints;

/// <summary>The connections of a snapshot, each made when somebody looks at it: most snapshots are read for their numbers.</summary>
sealed class ConnectionSnapshots(List<SlotPicture[]> pages, int count, long takenAtMs) : IReadOnlyList<ConnectionSnapshot>
{
    ConnectionSnapshot?[]? _made;

    public int Count => count;

    public ConnectionSnapshot this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
            var all = Volatile.Read(ref _made)
                ?? Interlocked.CompareExchange(ref _made, new ConnectionSnapshot?[count], null)
                ?? _made;

            // Two who look at once see the same one.
            return Volatile.Read(ref all[index])
                ?? Interlocked.CompareExchange(ref all[index], Make(index), null)
                ?? all[index]!;
        }
    }

    public IEnumerator<ConnectionSnapshot> GetEnumerator()
    {
        for (var index = 0; index < count; index++)
        {
            yield return this[index];
        }
    }

    ConnectionSnapshot Make(int index) => pages[index / SnapshotDraft.PageSize][index % SnapshotDraft.PageSize].ToSnapshot(takenAtMs);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
