using ActorPool.Actors;
using ActorPool.Errors;

namespace ActorPool.Endpoints;

/// <summary>
/// A command on its way through a supervisor: the payload of <see cref="EndpointRequest.Execute"/>, the effect that it is done,
/// and the work of saying so. Whoever awaits it goes on from that work, where the dispatcher says, and holds up no turn.
/// </summary>
sealed class CommandRequest(PoolCommand command, IDispatcher dispatcher) : Effect, IThreadPoolWorkItem
{
    const int Telling = 0;
    const int HandedOut = 1;
    const int DoneEarly = 2;

    readonly TaskCompletionSource<PoolSnapshot> _done = new();
    int _state;

    public PoolCommand Command { get; } = command;

    /// <summary>In the turn that ends it: the picture …</summary>
    public PoolSnapshot? Snapshot { get; set; }

    /// <summary>… or why there is none.</summary>
    public WaitFailure? Failure { get; set; }

    /// <summary>By whoever told it, once and afterwards.</summary>
    /// <returns>Ends with the pool's picture when the command is done, or with why it could not be.</returns>
    public Task<PoolSnapshot> HandOut()
    {
        // Most commands are done by the time that they were told, and nobody awaits them yet.
        if (Interlocked.CompareExchange(ref _state, HandedOut, Telling) == DoneEarly)
        {
            Execute();
        }

        return _done.Task;
    }

    public override EffectList Run()
    {
        if (Interlocked.CompareExchange(ref _state, DoneEarly, Telling) == HandedOut)
        {
            dispatcher.Execute(this);
        }

        return default;
    }

    public void Execute()
    {
        if (Failure is { } failure)
        {
            _done.TrySetException(PoolErrors.Create(failure, CancellationToken.None));
        }
        else
        {
            _done.TrySetResult(Snapshot!);
        }
    }
}
