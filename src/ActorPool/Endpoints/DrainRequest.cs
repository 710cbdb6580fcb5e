using ActorPool.Actors;

namespace ActorPool.Endpoints;

/// <summary>The payload of <see cref="EndpointRequest.Drain"/>; the effect that says that it is done.</summary>
sealed class DrainRequest(long timeoutMs) : Effect
{
    readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long TimeoutMs { get; } = timeoutMs;

    public Task Drained => _drained.Task;

    public override EffectList Run()
    {
        _drained.SetResult();
        return default;
    }
}
