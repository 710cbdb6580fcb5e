using Serilog.Core;
using Serilog.Events;

namespace ActorPool.AkkaNet.Tests.Support;

/// <summary>A Serilog sink that keeps what it is told.</summary>
sealed class KeptEvents : ILogEventSink
{
    readonly Lock _lock = new();
    readonly List<LogEvent> _events = [];
    readonly List<(Predicate<LogEvent> IsWanted, TaskCompletionSource<LogEvent> Told)> _waiting = [];

    public void Emit(LogEvent logEvent)
    {
        lock (_lock)
        {
            _events.Add(logEvent);
            foreach (var waiting in _waiting.Where(waiting => waiting.IsWanted(logEvent)))
            {
                waiting.Told.TrySetResult(logEvent);
            }
        }
    }

    /// <summary>The first of a kind, also if it has come already.</summary>
    public Task<LogEvent> NextAsync(Predicate<LogEvent> isWanted)
    {
        var told = new TaskCompletionSource<LogEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_events.Find(isWanted) is { } known)
            {
                told.SetResult(known);
            }
            else
            {
                _waiting.Add((isWanted, told));
            }
        }

        return told.Task;
    }
}
