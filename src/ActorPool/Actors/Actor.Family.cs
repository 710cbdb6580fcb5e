namespace ActorPool.Actors;

/// <summary>Children, supervision and death watch.</summary>
abstract partial class Actor
{
    Actor? _parent;
    Actor? _nextSibling;
    Actor? _previousSibling;

    // What few actors ever have.
    ActorRelations? _relations;

    /// <summary>Whether it has any children.</summary>
    protected bool HasChildren => _relations?.FirstChild is not null;

    ActorRelations Relations => _relations ??= new ActorRelations();

    /// <summary>Makes a new actor, which nobody else knows yet, a child of this one: its failures come here, and it stops with us.</summary>
    protected void Adopt(Actor child)
    {
        Invariant.Check(child._parent is null, "an actor was adopted twice");
        child._parent = this;
        var next = Relations.FirstChild;
        child._nextSibling = next;
        if (next is not null)
        {
            next._previousSibling = child;
        }

        Relations.FirstChild = child;
    }

    /// <summary>What to do about a child whose turn threw. Restarts it, unless overridden.</summary>
    protected virtual SupervisorDirective Decide(Actor child, Exception error) => SupervisorDirective.Restart;

    /// <summary>
    /// Puts the actor into a state as good as new, after a turn threw: nothing of its old state is to be relied on.
    /// </summary>
    protected virtual void Restarting(Exception error)
    {
    }

    /// <summary>The last thing an actor does before it has stopped.</summary>
    protected virtual void Stopped()
    {
    }

    /// <summary>A child has stopped; it is no longer ours.</summary>
    protected virtual void ChildGone(Actor child)
    {
    }

    /// <summary>A watched actor has stopped.</summary>
    protected virtual void WatchedStopped(Actor watched)
    {
    }

    /// <summary>Asks to be told (<see cref="WatchedStopped"/>) when another actor has stopped; at once if it has already.</summary>
    protected void Watch(Actor watched) => SendNode(watched, new WatchNode(this));

    /// <summary>From this actor's turn: stops its children, then itself. Messages that still come are refused.</summary>
    protected void Stop()
    {
        if (Mode is ActorMode.Stopping or ActorMode.Stopped)
        {
            return;
        }

        Mode = ActorMode.Stopping;
        for (var child = _relations?.FirstChild; child is not null; child = child._nextSibling)
        {
            SendNode(child, new StopNode());
        }

        StopIfChildless();
    }

    void StopIfChildless()
    {
        if (HasChildren)
        {
            return;
        }

        Mode = ActorMode.Stopped;
        CancelTimers();
        Stopped();
        foreach (var watcher in _relations?.Watchers ?? [])
        {
            SendNode(watcher, new WatchedStoppedNode(this));
        }

        _relations = null;
        if (_parent is { } parent)
        {
            SendNode(parent, new ChildStoppedNode(this));
        }
    }

    /// <summary>Takes a message from outside any turn, and runs it if nobody else will.</summary>
    /// <returns>What the turns have caused.</returns>
    internal EffectList Accept(MessageNode node) => Mailbox.Enqueue(node) ? Fetch() : default;

    /// <summary>A turn threw: nothing runs until the parent has decided.</summary>
    private protected void Fail(Exception error)
    {
        System.Events.Publish(new ActorFailed(ToString()!, error));
        if (Mode != ActorMode.Running || ReferenceEquals(this, System.Guardian))
        {
            // On its way out already, or out: there is nothing to restart. And nobody restarts the guardian.
            return;
        }

        Mode = ActorMode.Suspended;
        Cause(new TellParent(_parent ?? System.Guardian, new ChildFailedNode(this, error)));
    }

    void ChildFailed(Actor child, Exception error)
    {
        var directive = Mode == ActorMode.Running ? Decide(child, error) : SupervisorDirective.Stop;
        if (directive == SupervisorDirective.Escalate)
        {
            Fail(error);
            directive = SupervisorDirective.Stop;
        }

        // The failed child's mailbox is still owned; the resumption is the new owner.
        var resumption = new Resumption(child, directive, error);
        var delayMs = directive == SupervisorDirective.Restart
            ? child.Relations.Failures.NextDelayMs(System.Clock.NowMs)
            : 0;
        if (delayMs == 0)
        {
            Cause(resumption);
        }
        else
        {
            System.Timers.Add(resumption, System.Clock.NowMs + delayMs);
        }
    }

    void Resume(SupervisorDirective directive, Exception error)
    {
        Mode = ActorMode.Running;
        try
        {
            if (directive == SupervisorDirective.Restart)
            {
                Restarting(error);
            }
            else
            {
                Stop();
            }
        }
#pragma warning disable CA1031 // as a turn that throws
        catch (Exception again)
#pragma warning restore CA1031
        {
            Fail(again);
        }
    }

    void ChildStopped(Actor child)
    {
        if (child._previousSibling is { } previous)
        {
            previous._nextSibling = child._nextSibling;
        }
        else
        {
            Relations.FirstChild = child._nextSibling;
        }

        if (child._nextSibling is { } next)
        {
            next._previousSibling = child._previousSibling;
        }

        child._parent = null;
        if (Mode == ActorMode.Running)
        {
            ChildGone(child);
        }

        if (Mode == ActorMode.Stopping)
        {
            StopIfChildless();
        }
    }

    sealed class StopNode : MessageNode
    {
        public override void Deliver(Actor actor) => actor.Stop();
    }

    sealed class WatchNode(Actor watcher) : MessageNode
    {
        public override void Deliver(Actor actor)
        {
            if (actor.Mode == ActorMode.Stopped)
            {
                actor.SendNode(watcher, new WatchedStoppedNode(actor));
            }
            else
            {
                actor.Relations.Watchers.Add(watcher);
            }
        }
    }

    sealed class WatchedStoppedNode(Actor watched) : MessageNode
    {
        public override void Deliver(Actor actor) => actor.WatchedStopped(watched);
    }

    sealed class ChildStoppedNode(Actor child) : MessageNode
    {
        public override void Deliver(Actor actor) => actor.ChildStopped(child);
    }

    sealed class ChildFailedNode(Actor child, Exception error) : MessageNode
    {
        public override void Deliver(Actor actor) => actor.ChildFailed(child, error);
    }

    /// <summary>Owns a suspended actor's mailbox, at once or after a backoff, and runs it on.</summary>
    sealed class Resumption(Actor child, SupervisorDirective directive, Exception error) : TimedEffect
    {
        public override EffectList Run()
        {
            child.Resume(directive, error);
            if (child.Mode == ActorMode.Suspended)
            {
                return child.TakeEffects();
            }

            var effects = child.TakeEffects();
            effects.Add(child.RunMail());
            return effects;
        }

        protected override IDispatcher Dispatcher => child.System.Dispatcher;
    }
}
