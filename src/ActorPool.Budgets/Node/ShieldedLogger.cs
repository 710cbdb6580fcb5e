using Microsoft.Extensions.Logging;

namespace ActorPool.Budgets.Node;

/// <summary>
/// A logger whose errors are its own: what the agent has to say is not worth its life, and in a work item of the thread pool an exception ends the process.
/// </summary>
sealed class ShieldedLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

#pragma warning disable CA1031 // a logger is users' code: whatever it throws, the node goes on
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
        }
    }
#pragma warning restore CA1031
}
