using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>The actors that hold leases of one pool: each is watched, and is a scope that ends when it stops.</summary>
/// <param name="context">The pool's actor.</param>
sealed class HolderWatch(IActorContext context)
{
    readonly Dictionary<IActorRef, LeaseScope> _scopes = [];

    /// <summary>What the pool is to take as the holder.</summary>
    /// <param name="holder">Who was named; null if nobody was.</param>
    /// <param name="sender">Who asks: the holder if nobody was named, and if he can be watched.</param>
    /// <param name="found">The holder; null for nobody in particular.</param>
    /// <param name="refusal">What is wrong with the one who was named.</param>
    public bool TryFind(object? holder, IActorRef sender, out object? found, [NotNullWhen(false)] out Exception? refusal)
    {
        refusal = null;
        if (holder is not IActorRef actor)
        {
            found = holder ?? (IsWatchable(sender) ? ScopeOf(sender) : null);
            return true;
        }

        if (IsWatchable(actor))
        {
            found = ScopeOf(actor);
            return true;
        }

        found = null;
        refusal = new InvalidOperationException(
            $"The holder {actor} cannot be watched: it is {(IsRemote(actor) ? "in another process" : "no actor, such as the sender of an Ask")}."
            + " Name an actor of this process, for example Context.LeaseHolder().");
        return false;
    }

    /// <summary>An actor has stopped: its leases are taken back.</summary>
    public bool End(IActorRef actor)
    {
        if (!_scopes.Remove(actor, out var scope))
        {
            return false;
        }

        scope.Dispose();
        return true;
    }

    /// <summary>Nobody watches any more: all leases are taken back, since nobody else would.</summary>
    public void EndAll()
    {
        foreach (var scope in _scopes.Values)
        {
            scope.Dispose();
        }

        _scopes.Clear();
    }

    /// <summary>Whether an actor is in another process.</summary>
    public static bool IsRemote(IActorRef actor) => actor is IActorRefScope { IsLocal: false };

    /// <summary>Whether it is an actor, which has a cell. An <c>Ask</c>'s sender, dead letters and the like are not, and nobody learns of their end.</summary>
    public static bool IsWatchable(IActorRef actor) => actor is ActorRefWithCell;

    LeaseScope ScopeOf(IActorRef actor)
    {
        if (!_scopes.TryGetValue(actor, out var scope))
        {
            scope = new LeaseScope(actor.Path.ToString());
            context.Watch(actor);
            _scopes.Add(actor, scope);
        }

        return scope;
    }
}
