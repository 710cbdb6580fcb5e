using Microsoft.Extensions.Logging;

namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>Logs as lines: <c>log</c>, the event's number, its text.</summary>
sealed class LineLogger(TextWriter output) : ILoggerFactory, ILogger
{
    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Id is >= 1000 and < 1100)
        {
            output.WriteLine($"log {eventId.Id} {formatter(state, exception).ReplaceLineEndings(" ")}");
        }
    }

    public void Dispose()
    {
    }
}
