namespace ActorPool.Actors;

/// <summary>An effect that can also take effect later.</summary>
abstract class TimedEffect : Effect, ITimed, IThreadPoolWorkItem
{
    public TimerDue Due { get; set; }

    public int HeapIndex { get; set; } = -1;

    protected abstract IDispatcher Dispatcher { get; }

    public void Fire() => Dispatcher.Execute(this);

    public void Execute() => Run().RunAll(Dispatcher);
}
