using ActorPool.AkkaNet.Messaging;
using Akka.Actor;
using Akka.Cluster;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>
/// The requests of this node that are not answered yet: each waits for a node to be found, or has one, and is answered exactly once. For the router's turns alone.
/// </summary>
/// <param name="router">The router's context.</param>
/// <param name="timers">The router's.</param>
/// <param name="nodes">The other nodes.</param>
/// <param name="handlers">What this node does.</param>
/// <param name="payloads">Writes and reads what users send.</param>
/// <param name="cluster">This node.</param>
sealed class UseRouting(IUntypedActorContext router, ITimerScheduler timers, NodeTable nodes, UseHandlers handlers, Payloads payloads, Akka.Cluster.Cluster cluster)
{
    // Of the whole process, so that a router that was restarted does not take the answers of its former life for its own.
    static long LastOrder;

    readonly HashSet<PendingUse> _waiting = [];
    readonly Dictionary<long, PendingUse> _ordered = [];

    TimeSpan Now => router.System.Scheduler.MonotonicClock;

    public void Begin(UseLease use, IActorRef asker, TimeSpan timeLimitByDefault)
    {
        if (Problem(use) is { } problem)
        {
            asker.Tell(UseFailures.Invalid(problem), router.Self);
            return;
        }

        var timeLimit = use.TimeLimit ?? timeLimitByDefault;
        var pending = new PendingUse(use, asker, timeLimit, Now + timeLimit);
        timers.StartSingleTimer(pending, new TimeLimitPassed(pending), timeLimit);
        Route(pending);
    }

    /// <summary>Something has changed among the nodes: perhaps there is one now, or none will come.</summary>
    public void RouteWaiting()
    {
        foreach (var pending in _waiting.ToList())
        {
            Route(pending);
        }
    }

    public void Done(OrderDone done)
    {
        if (!_ordered.TryGetValue(done.Id, out var pending))
        {
            return; // it was answered otherwise
        }

        var node = pending.Node!.Address.ToString();
        try
        {
            End(pending, new LeaseUsed(payloads.Unwrap(done.Result, "result"), node));
        }
        catch (PayloadException error)
        {
            End(pending, UseFailures.Unreadable(error.Message, mayHaveRun: true, node));
        }
    }

    public void Failed(OrderFailed failed)
    {
        if (_ordered.TryGetValue(failed.Id, out var pending))
        {
            End(pending, pending.Lost is null ? failed.Failure : failed.Failure with { MayHaveRun = true });
        }
    }

    /// <summary>The node has not begun: another one may be asked whatever the request says of being repeated.</summary>
    public void Refused(OrderRefused refused)
    {
        if (_ordered.Remove(refused.Id, out var pending))
        {
            pending.Tried.Add(pending.Node!);
            pending.Node = null;
            Route(pending);
        }
    }

    /// <summary>A node cannot be reached any more, or is no member any more.</summary>
    public void Lose(UniqueAddress node, string how)
    {
        foreach (var pending in _ordered.Values.Where(pending => node.Equals(pending.Node)).ToList())
        {
            if (!pending.Use.MayBeRepeated)
            {
                End(pending, UseFailures.Lost(pending, node, how));
                continue;
            }

            _ordered.Remove(pending.OrderId);
            pending.Tried.Add(node);
            pending.Lost = node;
            pending.Node = null;
            Route(pending);
        }
    }

    public void TimeLimitPassed(PendingUse pending)
    {
        if (_waiting.Contains(pending) || _ordered.GetValueOrDefault(pending.OrderId) == pending)
        {
            End(pending, UseFailures.TimedOut(pending, nodes.WasSelfUp));
        }
    }

    /// <summary>The router ends: nobody is left waiting.</summary>
    public void EndAll()
    {
        foreach (var pending in _waiting.Concat(_ordered.Values).ToList())
        {
            End(pending, UseFailures.Ended(pending));
        }
    }

    static string? Problem(UseLease use) =>
        string.IsNullOrWhiteSpace(use.Pool) ? "Pool is empty"
        : string.IsNullOrWhiteSpace(use.Handler) ? "Handler is empty"
        : use.TimeLimit is { } limit ? PoolClusterSettings.UseRange.ProblemOf("TimeLimit", limit)
        : null;

    void Route(PendingUse pending)
    {
        _waiting.Remove(pending);
        var use = pending.Use;
        if (!pending.Tried.Contains(cluster.SelfUniqueAddress) && handlers.Find(pending.Name) is not null
            && (use.Role is null || cluster.SelfRoles.Contains(use.Role)))
        {
            Order(pending, cluster.SelfUniqueAddress, use.Payload, router.Self);
        }
        else if (nodes.Choose(pending.Name, use.Role, pending.Tried) is { } node)
        {
            OrderAbroad(pending, node);
        }
        else if (nodes.MayLearnOf(use.Role, pending.Tried))
        {
            _waiting.Add(pending);
        }
        else
        {
            End(pending, UseFailures.NoNode(pending, nodes.Up));
        }
    }

    void OrderAbroad(PendingUse pending, ClusterNode node)
    {
        try
        {
            pending.Wire ??= payloads.Wrap(pending.Use.Payload, "payload");
        }
        catch (PayloadException error)
        {
            End(pending, UseFailures.Unreadable(error.Message, pending.MayHaveRun, node: null));
            return;
        }

        Order(pending, node.Id, pending.Wire, ClusterRouter.On(router, node.Address));
    }

    void Order(PendingUse pending, UniqueAddress node, object? payload, ICanTell to)
    {
        pending.OrderId = Interlocked.Increment(ref LastOrder);
        pending.Node = node;
        _ordered.Add(pending.OrderId, pending);
        var left = pending.Deadline - Now;
        to.Tell(new UseOrder(pending.OrderId, pending.Use.Pool, pending.Use.Handler, payload, left > TimeSpan.Zero ? left : TimeSpan.Zero), router.Self);
    }

    void End(PendingUse pending, object answer)
    {
        timers.Cancel(pending);
        _waiting.Remove(pending);
        if (_ordered.GetValueOrDefault(pending.OrderId) == pending)
        {
            _ordered.Remove(pending.OrderId);
        }

        pending.Asker.Tell(answer, router.Self);
    }
}
