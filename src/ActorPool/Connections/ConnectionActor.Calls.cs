using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;

namespace ActorPool.Connections;

/// <summary>The connector calls: how they begin, end, and are given up.</summary>
sealed partial class ConnectionActor
{
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

            Report(EndpointRequest.Opened, new OpenResult(call.Connection!, call.Address, call.CredentialsVersion, call.OpenedIn));
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
            Report(EndpointRequest.OpenTimedOut, new OpenFailure(error, OpenFailureKind.Transient, request.Round));
            BeginClosing();
        }
        else
        {
            Move(ConnectionEvent.OpenFailed);
            Report(EndpointRequest.OpenFailed, new OpenFailure(error, call.Kind, request.Round));
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
            Supervisor.Publish(new CloseFailed(Settings.Name, ConnectionId, error));
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
                    _opening!.Round));
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
                Supervisor.Publish(new CloseFailed(Settings.Name, ConnectionId, new TimeoutException(
                    $"Closing {this} took longer than CloseTimeout; the pool goes on without waiting for it.")));
                ReportClosed();
                break;
        }
    }

    void Call(ConnectorStep step, long timeoutMs, OpenContext? context = null, ResetChoice? reset = null)
    {
        _call = new ConnectorCall(this, Connector, step, _connection, context, _closeReason, reset);
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
}
