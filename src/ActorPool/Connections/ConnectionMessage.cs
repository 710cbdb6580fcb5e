using System.Diagnostics;
using ActorPool.Endpoints;

namespace ActorPool.Connections;

/// <summary>A message to a <see cref="ConnectionActor"/>.</summary>
/// <param name="Request">What is asked or reported.</param>
/// <param name="Reason">Close: why.</param>
/// <param name="Payload">Open: the <see cref="OpenRequest"/>. Attach: the connection. Reset: the <see cref="ResetChoice"/>, if any. Condemn: the error. CallEnded: the <see cref="ConnectorCall"/>.</param>
readonly record struct ConnectionMessage(ConnectionRequest Request, CloseReason Reason = default, object? Payload = null)
{
    public static ConnectionMessage Command(ConnectionRequest request) => new(request);

    public static ConnectionMessage Open(int attempt, int round, ActivityLink[]? causes) =>
        new(ConnectionRequest.Open, Payload: new OpenRequest(attempt, round, causes));

    public static ConnectionMessage Attach(object connection) => new(ConnectionRequest.Attach, Payload: connection);

    public static ConnectionMessage Reset(ResetChoice? reset) => new(ConnectionRequest.Reset, Payload: reset);

    public static ConnectionMessage Close(CloseReason reason) => new(ConnectionRequest.Close, reason);

    public static ConnectionMessage Condemn(Exception reason) => new(ConnectionRequest.Condemn, Payload: reason);

    public static ConnectionMessage CallEnded(ConnectorCall call) => new(ConnectionRequest.CallEnded, Payload: call);
}
