using ActorPool.Actors;
using ActorPool.Diagnostics;

namespace ActorPool.Routing;

/// <summary>
/// The actor that knows which pool belongs to which endpoint, and in which order they were used last. Making a pool and
/// draining one run users' code: the callers do that on their own threads, and tell.
/// </summary>
sealed class PoolRouter(ActorSystem system, string name, int poolsMax) : Actor<RouterMessage>(system)
{
    /// <summary>So many ways to write an endpoint are remembered; whoever has more parses.</summary>
    const int NamesPerPoolMax = 8;

    readonly Dictionary<Endpoint, RoutedPool> _pools = [];
    readonly Dictionary<string, RoutedPool> _names = new(StringComparer.Ordinal);

    // Put out, and not closed yet.
    readonly HashSet<RoutedPool> _draining = [];

    RoutedPool? _newest;
    RoutedPool? _oldest;
    int _listed;
    bool _closed;

    public override string ToString() => $"router of directory '{name}'";

    protected override void Receive(ref RouterMessage message)
    {
        switch (message.Request)
        {
            case RouterRequest.Get:
                Get(ref message, orMake: true);
                break;
            case RouterRequest.TryGet:
                Get(ref message, orMake: false);
                break;
            case RouterRequest.FindByName:
                FindByName(ref message);
                break;
            case RouterRequest.Made:
                Made(ref message);
                break;
            case RouterRequest.MakeFailed:
                _pools.Remove(message.Pool!.Endpoint);
                break;
            case RouterRequest.Drained:
                _draining.Remove(message.Pool!);
                break;
            case RouterRequest.List:
                message.All = List();
                break;
            case RouterRequest.Close:
                _closed = true;
                message.All = [.. _pools.Values, .. _draining];
                break;
            default:
                Invariant.Broken($"the router was sent {message.Request}");
                break;
        }
    }

    void Get(ref RouterMessage message, bool orMake)
    {
        if (_closed)
        {
            message.Answer = RouterAnswer.Closed;
        }
        else if (_pools.TryGetValue(message.Endpoint!, out var pool) && !IsGone(pool, ref message))
        {
            message.Pool = pool;
            message.Answer = pool.IsListed ? RouterAnswer.Found : RouterAnswer.BeingMade;
            if (pool.IsListed)
            {
                Touch(pool);
                Remember(message.Name, pool);
            }
        }
        else if (orMake)
        {
            pool = new RoutedPool(message.Endpoint!);
            _pools.Add(pool.Endpoint, pool);
            message.Pool = pool;
            message.Answer = RouterAnswer.MakeIt;
        }
    }

    void FindByName(ref RouterMessage message)
    {
        if (!_closed && _names.TryGetValue(message.Name!, out var pool) && !IsGone(pool, ref message))
        {
            Touch(pool);
            message.Pool = pool;
            message.Answer = RouterAnswer.Found;
        }
    }

    /// <summary>A pool counts from here on, and the one that was used least recently has to make room for it.</summary>
    void Made(ref RouterMessage message)
    {
        var pool = message.Pool!;
        if (_closed)
        {
            message.Answer = RouterAnswer.Closed;
            return;
        }

        pool.IsListed = true;
        _listed++;
        LinkAsNewest(pool);
        if (_listed > poolsMax)
        {
            message.PutOut = FindLeastUseful();
            Unlist(message.PutOut);
            _draining.Add(message.PutOut);
            System.Events.Publish(new PoolPutOut(message.PutOut.Supervisor!.Name, name, poolsMax, message.PutOut.Supervisor.LeasedNow));
        }
    }

    /// <summary>The pool that was used least recently among those without leases and waiters, or, if there is none, among all but the newest.</summary>
    RoutedPool FindLeastUseful()
    {
        for (var pool = _oldest; pool != _newest; pool = pool.Newer)
        {
            if (pool!.Supervisor is { LeasedNow: 0, WaitingNow: 0 })
            {
                return pool;
            }
        }

        return _oldest!;
    }

    /// <summary>Somebody has closed the pool himself: it is as good as never made, and the caller waits for its end.</summary>
    bool IsGone(RoutedPool pool, ref RouterMessage message)
    {
        if (!pool.IsListed || !pool.Supervisor!.IsClosedNow)
        {
            return false;
        }

        Unlist(pool);
        _draining.Add(pool);
        message.Gone = pool;
        return true;
    }

    RoutedPool[] List()
    {
        var all = new RoutedPool[_listed];
        var i = 0;
        for (var pool = _newest; pool is not null; pool = pool.Older)
        {
            all[i++] = pool;
        }

        return all;
    }

    void Remember(string? text, RoutedPool pool)
    {
        if (text is not null && (pool.Names ??= []).Count < NamesPerPoolMax && _names.TryAdd(text, pool))
        {
            pool.Names.Add(text);
        }
    }

    void Touch(RoutedPool pool)
    {
        if (!ReferenceEquals(pool, _newest))
        {
            Unlink(pool);
            LinkAsNewest(pool);
        }
    }

    void Unlist(RoutedPool pool)
    {
        Unlink(pool);
        pool.IsListed = false;
        _listed--;
        _pools.Remove(pool.Endpoint);
        foreach (var text in pool.Names ?? [])
        {
            _names.Remove(text);
        }
    }

    void LinkAsNewest(RoutedPool pool)
    {
        pool.Older = _newest;
        pool.Newer = null;
        if (_newest is null)
        {
            _oldest = pool;
        }
        else
        {
            _newest.Newer = pool;
        }

        _newest = pool;
    }

    void Unlink(RoutedPool pool)
    {
        if (pool.Newer is null)
        {
            _newest = pool.Older;
        }
        else
        {
            pool.Newer.Older = pool.Older;
        }

        if (pool.Older is null)
        {
            _oldest = pool.Newer;
        }
        else
        {
            pool.Older.Newer = pool.Newer;
        }
    }
}
