using ActorPool.AkkaNet.Messaging;
using ActorPool.AkkaNet.Running;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>Looks at the pools of this node for others.</summary>
static class NodePictures
{
    // Remoting carries 128,000 bytes in one message by default.
    const int CharactersMax = 30_000;
    const int CharactersOfNumbers = 140;
    const int NameMax = 200;
    const int ErrorMax = 400;

    /// <summary>All of them, or of very many so many as fit into one message: those in trouble come first. Runs users' code (the words of errors), so never in a turn.</summary>
    public static NodePools Take(PoolSources pools)
    {
        var all = pools.All.SelectMany(static pool => pool.Parts).Select(Look).ToList();
        var told = new List<NodePoolSnapshot>();
        var left = CharactersMax;
        foreach (var pool in all.OrderByDescending(static pool => (pool.Health != PoolHealth.Healthy, pool.Waiting > 0)))
        {
            left -= CharactersOfNumbers + pool.Name.Length + (pool.LastError?.Length ?? 0);
            if (left < 0)
            {
                break;
            }

            told.Add(pool);
        }

        return new NodePools(all.Count, [.. told.OrderBy(static pool => pool.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    static NodePoolSnapshot Look(IConnectionPool pool)
    {
        var numbers = pool.Overview();
        return new NodePoolSnapshot
        {
            Name = Bounded(numbers.Name, NameMax),
            Health = numbers.Health,
            IsClosed = numbers.IsClosed,
            IsPaused = numbers.IsPaused,
            Leased = numbers.Leased,
            Idle = numbers.Idle,
            Opening = numbers.Opening,
            Waiting = numbers.Waiting,
            MaxSize = numbers.MaxSize,
            LastError = ErrorOf(numbers) is { } error ? Bounded(error, ErrorMax) : null,
        };
    }

    static string? ErrorOf(PoolOverview numbers)
    {
        try
        {
            return numbers.LastOpenError;
        }
#pragma warning disable CA1031 // a user's exception may throw when it is read
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ErrorText.Of(error);
        }
    }

    static string Bounded(string text, int max) => text.Length <= max ? text : $"{text.AsSpan(0, max - 1)}…";
}
