using System.Diagnostics;
using ActorPool.Actors;
using ActorPool.Endpoints;
using ActorPool.Telemetry;

namespace ActorPool.Connections;

/// <summary>
/// One call of a connector, as a work item of the dispatcher: it starts with no caller's execution context, and its end
/// comes back to the connection's actor as a message (pipe to self).
/// </summary>
#pragma warning disable CA1001 // the source has neither timer nor wait handle: there is nothing to dispose of
sealed class ConnectorCall(
    ConnectionActor actor,
    PooledConnector connector,
    ConnectorStep step,
    object? connection,
    OpenContext? context,
    CloseReason reason,
    ResetChoice? reset) : IThreadPoolWorkItem
#pragma warning restore CA1001
{
    readonly CancellationTokenSource _cancellation = new();

    // Taken in the turn that made the call.
    readonly ActivityLink[]? _causes = step == ConnectorStep.Open ? actor.Causes : null;

    public ConnectorStep Step { get; } = step;

    /// <summary>Open: what was opened. Valid once the call has ended.</summary>
    public object? Connection { get; private set; } = connection;

    /// <summary>Open: where it leads, if the connector said so.</summary>
    public string? Address => context?.Address;

    /// <summary>Open: which credentials it was opened with; 0 for none.</summary>
    public int CredentialsVersion { get; private set; }

    /// <summary>Open: the span of it, as a link to it; null if there is none.</summary>
    public ActivityLink[]? OpenedIn { get; private set; }

    /// <summary>Why the call failed; null if it succeeded. Valid once the call has ended.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Open: what kind of failure it was.</summary>
    public OpenFailureKind Kind { get; private set; }

    public void Execute() => _ = RunAsync();

    /// <summary>Cancels the call's token, as work of its own: that runs whatever users have registered with it.</summary>
    public IThreadPoolWorkItem Cancellation() => new CancelWork(_cancellation);

    async Task RunAsync()
    {
        OpenObservation? open = null;
        try
        {
            switch (Step)
            {
                case ConnectorStep.Open:
                    open = actor.Telemetry.BeginOpen(context!, _causes);
                    if (actor.Credentials is { } credentials)
                    {
                        var known = await credentials.GetAsync(_cancellation.Token).ConfigureAwait(false);
                        context!.Credentials = known.Credentials;
                        CredentialsVersion = known.Version;
                    }

                    Connection = await connector.OpenAsync(context!, _cancellation.Token).ConfigureAwait(false);
                    break;
                case ConnectorStep.Probe:
                    await connector.ProbeAsync(Connection!, _cancellation.Token).ConfigureAwait(false);
                    break;
                case ConnectorStep.Reset when reset is { Reset: { } resetAsync }:
                    await resetAsync(Connection!, _cancellation.Token).ConfigureAwait(false);
                    break;
                case ConnectorStep.Reset:
                    await connector.ResetAsync(Connection!, _cancellation.Token).ConfigureAwait(false);
                    break;
                default:
                    await connector.CloseAsync(Connection!, reason).ConfigureAwait(false);
                    break;
            }
        }
#pragma warning disable CA1031 // whatever a connector throws is its answer
        catch (Exception error)
#pragma warning restore CA1031
        {
            Error = error;
            if (Step == ConnectorStep.Open)
            {
                Kind = Classify(error);
            }
        }

        OpenedIn = open?.End(Error);

        // Whatever ended the call may be below us on this stack: a cancellation, a timer, a user's lock.
        actor.Post(ConnectionMessage.CallEnded(this));
    }

    OpenFailureKind Classify(Exception error)
    {
        try
        {
            return connector.Classify(error);
        }
#pragma warning disable CA1031 // a classifier that throws knows nothing of the error
        catch (Exception)
#pragma warning restore CA1031
        {
            return OpenFailureKind.Transient;
        }
    }
}
