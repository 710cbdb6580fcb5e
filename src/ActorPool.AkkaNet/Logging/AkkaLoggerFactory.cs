using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorPool.AkkaNet.Logging;

/// <summary>Has pools log where Akka.NET logs.</summary>
/// <param name="system">The actor system.</param>
sealed class AkkaLoggerFactory(ActorSystem system) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new AkkaLogger(Akka.Event.Logging.GetLogger(system, categoryName));

    /// <exception cref="NotSupportedException">Always: what Akka.NET logs to is configured there (<c>akka.loggers</c>).</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Pools log where Akka.NET logs (akka.loggers).");

    public void Dispose()
    {
    }
}
