using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ActorPool.Dashboard.Tests.Hosting;

/// <summary>The log lines of the dashboard, as they are written.</summary>
sealed class LogLines : ILoggerProvider
{
    readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName.StartsWith("ActorPool", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    sealed class Logger(LogLines lines, bool isOurs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOurs;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (isOurs)
            {
                lines._lines.Enqueue($"{logLevel} {formatter(state, exception)}");
            }
        }
    }
}
