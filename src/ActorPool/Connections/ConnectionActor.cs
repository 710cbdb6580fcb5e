using ActorPool.Actors;
using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;

namespace ActorPool.Connections;

/// <summary>
/// The actor in charge of one connection, from its open to its close. It does the slow work, one connector call at a time,
/// and reports to its supervisor; it knows nothing of leases. Messages: <see cref="ConnectionMessage"/>.
/// </summary>
sealed class ConnectionActor(Slot slot, long connectionId)
    : Actor<ConnectionMessage>(slot.Supervisor.System), IConnectionLine
{
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
                Check(ConnectorStep.Reset, Settings.ResetTimeoutMs);
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
        var context = new OpenContext(Settings.Name, ConnectionId, request.Attempt, System.Clock.TimeProvider, this);
        Call(ConnectorStep.Open, Settings.ConnectTimeoutMs, context);
    }

    void Check(ConnectorStep step, long timeoutMs)
    {
        if (_state == ConnectionState.Closing)
        {
            // We failed, were restarted and are closing; the supervisor does not know it yet.
            return;
        }

        Move(ConnectionEvent.CheckStarted);
        Call(step, timeoutMs);
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

    void CallEnded(ConnectorCall call)
    {
        if (!ReferenceEquals(call, _call))
        {
            return;
        }

        _call = null;
        CancelTimer((int)ConnectionTimer.CallExpires);
        switch (call.Step)
        {
            case ConnectorStep.Open:
                OpenEnded(call);
                break;
            case ConnectorStep.Close:
                CloseEnded(call);
                break;
            default:
                CheckEnded(call);
                break;
        }
    }

    void OpenEnded(ConnectorCall call)
    {
        var wasClosing = _state == ConnectionState.Closing;
        var request = _opening!;
        _opening = null;
        _connection = call.Connection;
        var error = call.Error ?? (wasClosing ? null : request.CondemnedEarly);
        if (error is null)
        {
            Move(ConnectionEvent.Opened);
            if (wasClosing)
            {
                BeginClosing();
                return;
            }

            Report(EndpointRequest.Opened, call.Connection);
            ExpectKeepalive(first: true);
        }
        else if (wasClosing)
        {
            Move(ConnectionEvent.OpenFailed);
            BeginClosing();
        }
        else if (_connection is not null)
        {
            // It opened and condemned itself before we heard of it.
            _closeReason = CloseReason.Condemned;
            Move(ConnectionEvent.TimedOut);
            Report(EndpointRequest.OpenTimedOut, new OpenFailure(error, OpenFailureKind.Transient, request.Step));
            BeginClosing();
        }
        else
        {
            Move(ConnectionEvent.OpenFailed);
            Report(EndpointRequest.OpenFailed, new OpenFailure(error, call.Kind, request.Step));
            Stop();
        }
    }

    void CheckEnded(ConnectorCall call)
    {
        var wasClosing = _state == ConnectionState.Closing;
        Move(call.Error is null ? ConnectionEvent.CheckPassed : ConnectionEvent.CheckFailed);
        if (wasClosing)
        {
            BeginClosing();
        }
        else if (call.Error is null)
        {
            Report(EndpointRequest.Checked);
        }
        else
        {
            CheckFailed(call.Step, call.Error);
        }
    }

    void CheckFailed(ConnectorStep step, Exception error)
    {
        _closeReason = step == ConnectorStep.Probe ? CloseReason.ProbeFailed : CloseReason.ResetFailed;
        Report(EndpointRequest.CheckFailed, error);
        BeginClosing();
    }

    void CloseEnded(ConnectorCall call)
    {
        End();
        if (call.Error is { } error)
        {
            System.Events.Publish(new Diagnostics.CloseFailed(Settings.Name, ConnectionId, error));
        }
    }

    /// <summary>A call takes too long: it is cancelled, and what it was for is given up.</summary>
    void CallExpired()
    {
        var call = _call!;
        switch (_state)
        {
            case ConnectionState.Opening:
                _closeReason = CloseReason.OpenedTooLate;
                Move(ConnectionEvent.TimedOut);
                Report(EndpointRequest.OpenTimedOut, new OpenFailure(
                    PoolErrors.ConnectTimeout(Settings.Name, ConnectionId, Settings.ConnectTimeoutMs),
                    OpenFailureKind.Transient,
                    _opening!.Step));
                BeginClosing();
                break;

            case ConnectionState.Busy:
                Move(ConnectionEvent.TimedOut);
                CheckFailed(call.Step, new TimeoutException(
                    $"The {call.Step.ToString().ToLowerInvariant()} of {this} took longer than "
                    + (call.Step == ConnectorStep.Probe ? "KeepaliveTimeout." : "ResetTimeout.")));
                break;

            default:
                // Closing takes too long. The pool goes on without us; we go on waiting, so that what opens late is closed.
                System.Events.Publish(new Diagnostics.CloseFailed(Settings.Name, ConnectionId, new TimeoutException(
                    $"Closing {this} took longer than CloseTimeout; the pool goes on without waiting for it.")));
                ReportClosed();
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
    /// opened together are not probed together.
    /// </summary>
    void ExpectKeepalive(bool first)
    {
        if (Settings.KeepaliveIntervalMs == PoolSettings.Never || !Connector.Steps.HasFlag(ConnectorSteps.Probe))
        {
            return;
        }

        var intervalMs = first
            ? (long)(Settings.KeepaliveIntervalMs * (1 - (System.Random.NextDouble() / 2)))
            : Settings.KeepaliveIntervalMs;
        StartTimer(
            (int)ConnectionTimer.Keepalive, intervalMs, ConnectionMessage.Command(ConnectionRequest.KeepaliveDue));
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

    void Call(ConnectorStep step, long timeoutMs, OpenContext? context = null)
    {
        _call = new ConnectorCall(this, Connector, step, _connection, context, _closeReason);
        ExpectExpiry(timeoutMs);
        Start(_call);
    }

    void ExpectExpiry(long timeoutMs)
    {
        CancelTimer((int)ConnectionTimer.CallExpires);
        if (timeoutMs < PoolSettings.Never && !_reported)
        {
            StartTimer(
                (int)ConnectionTimer.CallExpires, timeoutMs, ConnectionMessage.Command(ConnectionRequest.CallExpired));
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
