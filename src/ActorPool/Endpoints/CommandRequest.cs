using ActorPool.Actors;
using ActorPool.Errors;

namespace ActorPool.Endpoints;

/// <summary>A command on its way through a supervisor: the payload of <see cref="EndpointRequest.Execute"/>, and the effect that it is done.</summary>
sealed class CommandRequest(PoolCommand command) : Effect
{
    readonly TaskCompletionSource<PoolSnapshot> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PoolCommand Command { get; } = command;

    /// <summary>Ends with the pool's picture when the command is done, or with why it could not be.</summary>
    public Task<PoolSnapshot> Done => _done.Task;

    /// <summary>In the turn that ends it: the picture …</summary>
    public PoolSnapshot? Snapshot { get; set; }

    /// <summary>… or why there is none.</summary>
    public WaitFailure? Failure { get; set; }

    /// <summary>… or what was wrong with the command itself.</summary>
    public Exception? Error { get; set; }

    public override EffectList Run()
    {
        if (Failure is { } failure)
        {
            _done.TrySetException(PoolErrors.Create(failure, CancellationToken.None));
        }
        else if (Error is { } error)
        {
            _done.TrySetException(error);
        }
        else
        {
            _done.TrySetResult(Snapshot!);
        }

        return default;
    }
}
