namespace ActorPool.Mutations;

/// <summary>The actor in charge of one connection.</summary>
static class ConnectionMutations
{
    const string Life = "src/ActorPool/Connections/ConnectionActor.cs";
    const string Calls = "src/ActorPool/Connections/ConnectionActor.Calls.cs";

    public static Mutation[] All { get; } =
    [
        new("An open may take for ever", Life,
            "Call(ConnectorStep.Open, Settings.ConnectTimeoutMs, context);",
            "Call(ConnectorStep.Open, PoolSettings.Never, context);"),
        new("A probe may take for ever", Life,
            "Check(ConnectorStep.Probe, Settings.KeepaliveTimeoutMs);",
            "Check(ConnectorStep.Probe, PoolSettings.Never);"),
        new("A reset may take for ever", Life,
            "Check(ConnectorStep.Reset, Settings.ResetTimeoutMs, (ResetChoice?)message.Payload);",
            "Check(ConnectorStep.Reset, PoolSettings.Never, (ResetChoice?)message.Payload);"),
        new("A connection is closed while another call for it is under way", Life,
            "if (_call is { } call)",
            "if (_call is { } call && _connection is null)"),
        new("A call that is cancelled for a close is waited for without end", Life,
            """
                        Start(call.Cancellation());
                        ExpectExpiry(leftMs);
            """,
            """
                        Start(call.Cancellation());
            """),
        new("A second Close is answered before the connection has closed", Life,
            """
                        if (_reported)
                        {
                            // A supervisor
            """,
            """
                        if (_reported || _call is not null)
                        {
                            // A supervisor
            """),
        new("A close that takes too long is never reported", Calls,
            """
                            ReportClosed();

            """,
            ""),
        new("A connection that condemns itself while it opens is pooled", Life,
            "_opening!.CondemnedEarly = reason;",
            "_opening!.CondemnedEarly = null;"),
        new("A connection that condemns itself during a probe or a reset is kept", Life,
            "case ConnectionState.Ready or ConnectionState.Busy:",
            "case ConnectionState.Ready:"),
        new("A connection probes without asking its supervisor, under a holder too", Life,
            "Report(EndpointRequest.ProbeDue);",
            "Check(ConnectorStep.Probe, Settings.KeepaliveTimeoutMs);"),
        new("What opens after it was told to close is kept", Calls,
            """
                        if (wasClosing)
                        {
                            BeginClosing();
                            return;
                        }


            """,
            ""),
        new("A connection whose probe or reset has failed is never closed", Calls,
            """
                    Report(EndpointRequest.CheckFailed, error);
                    BeginClosing();
            """,
            """
                    Report(EndpointRequest.CheckFailed, error);
            """),
        new("A connection that condemned itself while it opened is never closed", Calls,
            """
                        Report(EndpointRequest.OpenTimedOut, new OpenFailure(error, OpenFailureKind.Transient, request.Round));
                        BeginClosing();
            """,
            """
                        Report(EndpointRequest.OpenTimedOut, new OpenFailure(error, OpenFailureKind.Transient, request.Round));
            """),
    ];
}
