using Akka.Event;

namespace ActorPool.AkkaNet.Logging;

/// <summary>
/// A line as text, for loggers that know no properties, and as template and values for those that do, such as Akka.Logger.Serilog: whatever formatter the
/// system is configured with.
/// </summary>
/// <param name="text">The line.</param>
/// <param name="template">With a named hole for each value.</param>
/// <param name="values">In the order of the holes.</param>
sealed class PoolLogMessage(string text, string template, object?[] values) : LogMessage(DefaultLogMessageFormatter.Instance, template)
{
    public override string Unformatted() => text;

    public override IEnumerable<object> Parameters() => values!;

    public override string ToString() => text;
}
