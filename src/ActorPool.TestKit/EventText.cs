namespace ActorPool.TestKit;

/// <summary>Events in one line each: what a test is likely to have mixed up.</summary>
static class EventText
{
    public static string Of(PoolEvent happened) => happened.GetType().Name + happened switch
    {
        ConnectionOpened opened => $" (connection {opened.ConnectionId})",
        ConnectionClosed closed => $" (connection {closed.ConnectionId}, {closed.Reason}{Because(closed.LastError)})",
        OpenFailed failed => $" (connection {failed.ConnectionId}{Because(failed.Error)}; {failed.Health})",
        ConnectionEndedEarly ended => $" (connection {ended.ConnectionId}{Because(ended.Error)}; {ended.Health})",
        CloseFailed failed => $" (connection {failed.ConnectionId}{Because(failed.Error)})",
        LeaseRevoked revoked => $" (connection {revoked.ConnectionId}, {revoked.Reason})",
        LeaseSuspected suspected => $" (connection {suspected.ConnectionId})",
        TransientOpened opened => $" (connection {opened.ConnectionId})",
        _ => "",
    };

    static string Because(Exception? error) =>
        error is null ? "" : $": {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}";
}
