namespace ActorPool.Connections;

/// <summary>A message to a <see cref="ConnectionActor"/>.</summary>
/// <param name="Request">What is asked or reported.</param>
/// <param name="Reason">Close: why.</param>
/// <param name="Payload">Open: the <see cref="OpenRequest"/>. Condemn: the error. CallEnded: the <see cref="ConnectorCall"/>.</param>
readonly record struct ConnectionMessage(ConnectionRequest Request, CloseReason Reason = default, object? Payload = null)
{
    public static ConnectionMessage Command(ConnectionRequest request) => new(request);

    public static ConnectionMessage Open(int attempt, int step) =>
        new(ConnectionRequest.Open, Payload: new OpenRequest(attempt, step));

    public static ConnectionMessage Close(CloseReason reason) => new(ConnectionRequest.Close, reason);

    public static ConnectionMessage Condemn(Exception reason) => new(ConnectionRequest.Condemn, Payload: reason);

    public static ConnectionMessage CallEnded(ConnectorCall call) => new(ConnectionRequest.CallEnded, Payload: call);
}
