using ActorPool.Connections;

namespace ActorPool.Endpoints;

/// <summary>
/// A message to an <see cref="EndpointSupervisor"/>. Travels by reference when it runs inline, and then carries the answer
/// back. Made by the methods below, one for each <see cref="EndpointRequest"/>.
/// </summary>
struct EndpointMessage
{
    public EndpointRequest Request;

    /// <summary>
    /// Acquire: whether to wait; in the answer, whether the connection was idle for so long that it must be looked at.
    /// Release: whether the connection is fit for another lease. AbandonWait: whether time has passed (else: cancelled).
    /// Detach: in the answer, whether the lease was still the holder's.
    /// </summary>
    public bool Flag;

    /// <summary>Which slot; Acquire: the answer.</summary>
    public Slot? Slot;

    /// <summary>Which lease of the slot, or, in reports, which connection; Acquire: the answer.</summary>
    public long Number;

    /// <summary>Acquire: how long the whole wait may take. In milliseconds.</summary>
    public long TimeoutMs;

    /// <summary>Who waits. Acquire: the answer when there was no connection; brought along by a sender who had to queue.</summary>
    public Waiter? Waiter;

    /// <summary>Acquire: the holder, and in the answer a <see cref="WaitFailure"/>. Otherwise whatever belongs to the request.</summary>
    public object? Payload;

    public static EndpointMessage Acquire(long timeoutMs, bool wait, object? holder) => new()
    {
        Request = EndpointRequest.Acquire,
        Flag = wait,
        TimeoutMs = timeoutMs,
        Payload = holder,
    };

    public static EndpointMessage Reacquire(Slot slot, long generation, long timeoutMs, bool wait, object? holder) => new()
    {
        Request = EndpointRequest.Reacquire,
        Flag = wait,
        Slot = slot,
        Number = generation,
        TimeoutMs = timeoutMs,
        Payload = holder,
    };

    public static EndpointMessage Release(Slot slot, long generation, bool fit) => new()
    {
        Request = EndpointRequest.Release,
        Flag = fit,
        Slot = slot,
        Number = generation,
    };

    public static EndpointMessage MarkFaulty(Slot slot, long generation, Exception? error) => new()
    {
        Request = EndpointRequest.MarkFaulty,
        Slot = slot,
        Number = generation,
        Payload = error,
    };

    public static EndpointMessage Detach(Slot slot, long generation) => new()
    {
        Request = EndpointRequest.Detach,
        Slot = slot,
        Number = generation,
    };

    public static EndpointMessage AbandonWait(Waiter waiter, bool timedOut) => new()
    {
        Request = EndpointRequest.AbandonWait,
        Flag = timedOut,
        Waiter = waiter,
    };

    public static EndpointMessage Command(EndpointRequest request, object? payload = null) => new()
    {
        Request = request,
        Payload = payload,
    };

    /// <summary>A connection's report.</summary>
    public static EndpointMessage Report(EndpointRequest request, ConnectionActor from, object? payload = null) => new()
    {
        Request = request,
        Slot = from.Slot,
        Number = from.ConnectionId,
        Payload = payload,
    };

    public override readonly string ToString() => Request.ToString();
}
