using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Tests;

/// <summary>Keeps what is logged, and tells those who wait for an event.</summary>
sealed class KeptLog : ILoggerProvider, ILogger
{
    readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _awaited = new();

    public ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> Lines { get; } = new();

    /// <summary>The text of the next event of a number.</summary>
    public Task<string> Next(int id)
    {
        var awaited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[id] = awaited;
        return awaited.Task;
    }

    /// <summary>Waits for what others do.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var end = Environment.TickCount64 + 60_000;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < end, "it did not come to that within a minute");
            await Task.Yield();
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        Lines.Enqueue((logLevel, eventId, text));
        if (_awaited.TryRemove(eventId.Id, out var awaited))
        {
            awaited.TrySetResult(text);
        }
    }

    public void Dispose()
    {
        // nothing is held
    }
}
