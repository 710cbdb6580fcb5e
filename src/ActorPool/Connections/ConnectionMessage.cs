namespace ActorPool.Connections;

/// <summary>A message to a <see cref="ConnectionActor"/>.</summary>
/// <param name="Request">What is asked or reported.</param>
/// <param name="Reason">Close: why.</param>
/// <param name="Attempt">Open: how many attempts in a row this is.</param>
/// <param name="Step">Open: the step of the endpoint's backoff.</param>
/// <param name="Payload">Condemn: the error. CallEnded: the <see cref="ConnectorCall"/>.</param>
readonly record struct ConnectionMessage(
    ConnectionRequest Request,
    CloseReason Reason = default,
    int Attempt = 0,
    int Step = 0,
    object? Payload = null)
{
    public static ConnectionMessage Command(ConnectionRequest request) => new(request);

    public static ConnectionMessage Open(int attempt, int step) =>
        new(ConnectionRequest.Open, Attempt: attempt, Step: step);

    public static ConnectionMessage Close(CloseReason reason) => new(ConnectionRequest.Close, reason);

    public static ConnectionMessage Condemn(Exception reason) => new(ConnectionRequest.Condemn, Payload: reason);

    public static ConnectionMessage CallEnded(ConnectorCall call) => new(ConnectionRequest.CallEnded, Payload: call);
}
