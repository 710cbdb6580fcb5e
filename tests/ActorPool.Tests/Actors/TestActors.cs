using ActorPool.Actors;

namespace ActorPool.Tests.Actors;

/// <summary>A message of the actors that tests make.</summary>
readonly record struct Note(int From, int Number);

/// <summary>An actor that does what the test says.</summary>
sealed class Probe(ActorSystem system, Probe.Behaviour behaviour) : Actor<Note>(system)
{
    public delegate void Behaviour(Probe self, in Note note);

    public Func<Actor, Exception, SupervisorDirective>? OnChildFailed { get; set; }

    public Action<Exception>? OnRestart { get; set; }

    public Action<Actor>? OnWatchedStopped { get; set; }

    public Action<Actor>? OnChildGone { get; set; }

    public Action? OnStopped { get; set; }

    public new void Adopt(Actor child) => base.Adopt(child);

    public new void Watch(Actor watched) => base.Watch(watched);

    public new void Stop() => base.Stop();

    public new void Cause(Effect effect) => base.Cause(effect);

    public void SendTo(Probe other, in Note note) => Send(other, note);

    public void SetTimer(int key, long delayMs, in Note note) => StartTimer(key, delayMs, note);

    public void UnsetTimer(int key) => CancelTimer(key);

    public long DueMs(int key) => TimerDueMs(key);

    public override string ToString() => "probe";

    protected override void Receive(ref Note message) => behaviour(this, message);

    protected override SupervisorDirective Decide(Actor child, Exception error) =>
        OnChildFailed?.Invoke(child, error) ?? base.Decide(child, error);

    protected override void Restarting(Exception error) => OnRestart?.Invoke(error);

    protected override void WatchedStopped(Actor watched) => OnWatchedStopped?.Invoke(watched);

    protected override void ChildGone(Actor child) => OnChildGone?.Invoke(child);

    protected override void Stopped() => OnStopped?.Invoke();
}
