using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorPool.AkkaNet.Logging;

/// <summary>Hands a log line on to Akka.NET with its template and its properties.</summary>
/// <param name="log">Akka.NET's.</param>
sealed class AkkaLogger(ILoggingAdapter log) : ILogger
{
    const string TemplateKey = "{OriginalFormat}";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && log.IsEnabled(LevelOf(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        var message = state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } pairs && pairs[^1] is { Key: TemplateKey, Value: string template }
            ? new PoolLogMessage(text, template, [.. pairs.Take(pairs.Count - 1).Select(static pair => pair.Value)])
            : new PoolLogMessage(text, text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), []);
        log.Log(LevelOf(logLevel), exception, message);
    }

    static AkkaLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => AkkaLevel.DebugLevel,
        LogLevel.Information => AkkaLevel.InfoLevel,
        LogLevel.Warning => AkkaLevel.WarningLevel,
        _ => AkkaLevel.ErrorLevel,
    };
}
