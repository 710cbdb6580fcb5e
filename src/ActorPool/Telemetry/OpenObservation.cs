using System.Diagnostics;

namespace ActorPool.Telemetry;

/// <summary>An open that somebody measures or traces.</summary>
sealed class OpenObservation(EndpointTelemetry telemetry, OpenContext context, ActivityLink[]? causes)
{
    readonly long _beganAt = context.TimeProvider.GetTimestamp();
    readonly Activity? _span = Spans.AreWanted ? Spans.BeginOpen(context, causes) : null;

    /// <summary>The open is over. To be called by the asynchronous method that began it.</summary>
    /// <param name="error">Why it failed; null if it succeeded.</param>
    /// <returns>What links to its span; null if there is none.</returns>
    public ActivityLink[]? End(Exception? error)
    {
        if (error is null)
        {
            telemetry.Opened(context.TimeProvider.GetElapsedTime(_beganAt));
        }

        if (_span is null)
        {
            return null;
        }

        Spans.EndOpen(_span, context, error);
        return [new ActivityLink(_span.Context)];
    }
}
