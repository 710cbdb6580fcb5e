using System.Diagnostics;
using ActorPool.Actors;
using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;
using ActorPool.Telemetry;

namespace ActorPool.Connections;

/// <summary>
/// The actor in charge of one connection, from its open to its close. It does the slow work, one connector call at a time,
/// and reports to its supervisor; it knows nothing of leases. Messages: <see cref="ConnectionMessage"/>. <c>Calls</c> beside
/// this file has the connector calls, and how they end.
/// </summary>
sealed partial class ConnectionActor(Slot slot, long connectionId)
    : Actor<ConnectionMessage>(slot.Supervisor.System), IConnectionLine
{
    /// <summary>Probes that are due within a thousandth of the interval come together, and so do those within ten milliseconds …</summary>
    const int SlackShare = 1000;
    const int SlackMsMin = 10;

    /// <summary>… unless that is more than a hundredth of it.</summary>
    const int SlackShareMax = 100;

    ConnectionState _state;
    CloseReason _closeReason;
    object? _connection;
    ConnectorCall? _call;

    // While it opens.
    OpenRequest? _opening;

    // Closing: when the pool goes on without us, set once.
    long _closeByMs;

    // Whether the supervisor has been told that this is over, although something may still have to end.
    bool _reported;

    /// <summary>The slot that it fills.</summary>
    public Slot Slot { get; } = slot;

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; } = connectionId;

    /// <summary>Where an open gets its credentials; null if the pool has no provider.</summary>
    public CredentialSource? Credentials => Supervisor.Credentials;

    /// <summary>Who measures and traces its open.</summary>
    public EndpointTelemetry Telemetry => Supervisor.Telemetry;

    /// <summary>While it opens: links to the activities that it is opened for; null if there is none, or nobody listens.</summary>
    public ActivityLink[]? Causes => _opening?.Causes;

    EndpointSupervisor Supervisor => Slot.Supervisor;

    PooledConnector Connector => Supervisor.Connector;

    PoolSettings Settings => Supervisor.Settings;

    public override string ToString() => $"connection {ConnectionId} of pool '{Settings.Name}'";

    /// <inheritdoc/>
    void IConnectionLine.Condemn(Exception reason) => Post(ConnectionMessage.Condemn(reason));

    protected override void Receive(ref ConnectionMessage message)
    {
        switch (message.Request)
        {
            case ConnectionRequest.Open:
                Open((OpenRequest)message.Payload!);
                break;
            case ConnectionRequest.Probe:
                Check(ConnectorStep.Probe, Settings.KeepaliveTimeoutMs);
                break;
            case ConnectionRequest.Reset:
                Check(ConnectorStep.Reset, Settings.ResetTimeoutMs, (ResetChoice?)message.Payload);
                break;
            case ConnectionRequest.Attach:
                Attach(message.Payload!);
                break;
            case ConnectionRequest.Close:
                Close(message.Reason);
                break;
            case ConnectionRequest.Forget:
                Forget();
                break;
            case ConnectionRequest.Condemn:
                Condemn((Exception)message.Payload!);
                break;
            case ConnectionRequest.CallEnded:
                CallEnded((ConnectorCall)message.Payload!);
                break;
            case ConnectionRequest.CallExpired:
                CallExpired();
                break;
            case ConnectionRequest.KeepaliveDue:
                KeepaliveDue();
                break;
            default:
                Invariant.Broken($"a connection was sent {message.Request}");
                break;
        }
    }

    void Open(OpenRequest request)
    {
        _opening = request;
        var context = new OpenContext(
            Settings.Name, ConnectionId, request.Attempt, System.Clock.TimeProvider, this, Settings.Endpoint);
        Call(ConnectorStep.Open, Settings.ConnectTimeoutMs, context);
    }

    /// <summary>A connection that somebody else has opened is ours from now on.</summary>
    void Attach(object connection)
    {
        _connection = connection;
        Move(ConnectionEvent.Opened);
        ExpectKeepalive(first: true);
    }

    void Check(ConnectorStep step, long timeoutMs, ResetChoice? reset = null)
    {
        if (_state == ConnectionState.Closing)
        {
            // We failed, were restarted and are closing; the supervisor does not know it yet.
            return;
        }

        Move(ConnectionEvent.CheckStarted);
        Call(step, timeoutMs, reset: reset);
    }

    void Close(CloseReason reason)
    {
        if (_state == ConnectionState.Closing)
        {
            if (_reported)
            {
                // A supervisor that was restarted asks again; the pool has gone on without us already.
                Report(EndpointRequest.Closed, false);
            }

            return;
        }

        _closeReason = reason;
        Move(ConnectionEvent.Close);
        BeginClosing();
    }

    /// <summary>
    /// Closes now, or, if a call is still under way, cancels it and closes when it has ended: a connector is never called
    /// twice at a time for one connection. Either way <see cref="PoolOptions.CloseTimeout"/> runs from here.
    /// </summary>
    void BeginClosing()
    {
        CancelTimer((int)ConnectionTimer.Keepalive);
        var nowMs = System.Clock.NowMs;
        if (_closeByMs == 0)
        {
            _closeByMs = nowMs + Settings.CloseTimeoutMs;
        }

        var leftMs = Math.Max(0, _closeByMs - nowMs);
        if (_call is { } call)
        {
            Start(call.Cancellation());
            ExpectExpiry(leftMs);
        }
        else if (_connection is not null)
        {
            Call(ConnectorStep.Close, leftMs);
        }
        else
        {
            End();
        }
    }

    void Forget()
    {
        if (_state == ConnectionState.Closing)
        {
            // We failed, were restarted and are closing; the supervisor did not know it yet.
            return;
        }

        Move(ConnectionEvent.Forgotten);
        _connection = null;
        Stop();
    }

    void Condemn(Exception reason)
    {
        switch (_state)
        {
            case ConnectionState.Opening:
                // Condemned before the supervisor has it: it never will. The open ends as failed.
                _opening!.CondemnedEarly = reason;
                break;
            case ConnectionState.Ready or ConnectionState.Busy:
                Report(EndpointRequest.Condemned, reason);
                break;
            default:
                break;
        }
    }

    void KeepaliveDue()
    {
        Report(EndpointRequest.ProbeDue);
        ExpectKeepalive(first: false);
    }

    /// <summary>
    /// The first probe of a connection comes at a random time in the second half of the interval, so that connections that
    /// opened together are not probed together; the second as long after the first, which spreads them over the whole
    /// interval; from then on one comes at each interval.
    /// </summary>
    void ExpectKeepalive(bool first)
    {
        var intervalMs = Settings.KeepaliveIntervalMs;
        if (intervalMs == PoolSettings.Never || !Connector.Steps.HasFlag(ConnectorSteps.Probe))
        {
            return;
        }

        var delayMs = first
            ? (long)(intervalMs * (1 - (System.Random.NextDouble() / 2)))
            : Math.Clamp(System.Clock.NowMs - (Slot.Current?.OpenedAtMs ?? 0), intervalMs / 2, intervalMs);
        StartTimer(
            (int)ConnectionTimer.Keepalive,
            delayMs,
            ConnectionMessage.Command(ConnectionRequest.KeepaliveDue),
            slackMs: Math.Max(intervalMs / SlackShare, Math.Min(SlackMsMin, intervalMs / SlackShareMax)));
    }

    void End()
    {
        Move(ConnectionEvent.Ended);
        ReportClosed();
        _connection = null;
        Stop();
    }

    void ReportClosed()
    {
        if (!_reported)
        {
            _reported = true;
            Report(EndpointRequest.Closed, _connection is not null);
        }
    }

    void Report(EndpointRequest request, object? payload = null) =>
        Send(Supervisor, EndpointMessage.Report(request, this, payload));

    void Move(ConnectionEvent happened) => _state = ConnectionTransitions.Next(_state, happened);

    /// <summary>What reaches us when all is over is late, and says nothing new.</summary>
    protected override void Refuse(ref ConnectionMessage message)
    {
    }

    /// <summary>A turn of ours threw: the connection is closed, even under its holder.</summary>
    protected override void Restarting(Exception error)
    {
        if (_state == ConnectionState.Closed)
        {
            Stop();
            return;
        }

        var report = EndpointMessage.Report(EndpointRequest.Condemned, this, error);
        report.Flag = true;
        Send(Supervisor, report);
        _closeReason = CloseReason.ActorFailed;
        _state = ConnectionState.Closing;
        BeginClosing();
    }
}
