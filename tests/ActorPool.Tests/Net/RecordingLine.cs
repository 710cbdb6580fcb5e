using ActorPool.Connections;

namespace ActorPool.Tests.Net;

/// <summary>The pool's end of a connection's line: remembers why the connection was condemned.</summary>
sealed class RecordingLine : IConnectionLine
{
    readonly TaskCompletionSource<Exception> _condemned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Exception> Condemned => _condemned.Task;

    /// <summary>Runs on the thread that condemns.</summary>
    public Action? OnCondemn { get; set; }

    public void Condemn(Exception reason)
    {
        OnCondemn?.Invoke();
        _condemned.TrySetResult(reason);
    }

    public OpenContext NewContext(TimeProvider? timeProvider = null) => new("pool", 1, 1, timeProvider ?? TimeProvider.System, this);
}
