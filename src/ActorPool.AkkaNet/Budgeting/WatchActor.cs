using ActorPool.Budgets;
using Akka.Actor;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>
/// A node's watch of one record. Says so to whoever keeps the book, again and again: a new keeper knows of no watch, and a message may be lost. What
/// happened in between nobody tells, so that the node is told to look when another keeper has the watch.
/// </summary>
sealed class WatchActor : ReceiveActor, IWithTimers
{
    const string Again = "again";
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    readonly WatchRecord _watch;
    readonly IActorRef _proxy;
    readonly TaskCompletionSource _ended;
    IActorRef? _keeper;

    /// <param name="watch">The record.</param>
    /// <param name="proxy">The way to the keeper.</param>
    /// <param name="changed">What is told.</param>
    /// <param name="ended">Faulted if the watch ends for another reason than that it was stopped.</param>
    public WatchActor(WatchRecord watch, IActorRef proxy, Action changed, TaskCompletionSource ended)
    {
        (_watch, _proxy, _ended) = (watch, proxy, ended);
        Receive<WatchStands>(_ =>
        {
            if (!Sender.Equals(_keeper))
            {
                _keeper = Context.Watch(Sender);
                changed();
            }
        });
        Receive<RecordChanged>(_ => changed());
        Receive<Terminated>(gone =>
        {
            if (gone.ActorRef.Equals(_keeper))
            {
                _keeper = null;
                Ask();
            }
        });
        Receive<string>(static text => text == Again, _ => Ask());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Ask();
        Timers.StartPeriodicTimer(Again, Again, Pace);
    }

    protected override void PostStop()
    {
        _keeper?.Tell(new UnwatchRecord(_watch.Budget, _watch.Key));
        _ended.TrySetException(new GrantStoreException("The watch has ended: the actor system ends."));
    }

    void Ask() => _proxy.Tell(_watch);
}
