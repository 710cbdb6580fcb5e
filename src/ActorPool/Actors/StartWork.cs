namespace ActorPool.Actors;

/// <summary>The effect that starts work on the dispatcher, where no caller's execution context follows it.</summary>
sealed class StartWork(IDispatcher dispatcher, IThreadPoolWorkItem work) : Effect
{
    public override EffectList Run()
    {
        dispatcher.Execute(work);
        return default;
    }
}
