using System.Runtime.CompilerServices;
using ActorPool.Connections;
using ActorPool.Telemetry;

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
    /// Detach: in the answer, whether the connection is the holder's now. Attach: in the answer, whether there was room.
    /// </summary>
    public bool Flag;

    /// <summary>Release: whether its sender waits for the answer, and tells of the lease itself if that was watched.</summary>
    public bool IsAnswered;

    /// <summary>Whose lease; Acquire: the answer. In reports, the slot of the connection.</summary>
    public Seat? Seat;

    /// <summary>Which lease of the seat, or, in reports, which connection; Acquire: the answer. Otherwise whatever number belongs to the request.</summary>
    public long Number;

    /// <summary>Acquire: how long the whole wait may take. In milliseconds.</summary>
    public long TimeoutMs;

    /// <summary>Who waits. Acquire: the answer when there was no connection; brought along by a sender who had to queue.</summary>
    public Waiter? Waiter;

    /// <summary>Acquire: the holder, and in the answer a <see cref="WaitFailure"/>. Otherwise whatever belongs to the request.</summary>
    public object? Payload;

    /// <summary>Acquire: what is kept of it for who measures or traces. Release: the answer, what was kept of the lease.</summary>
    public Observation Observation;

    /// <summary>In reports: the slot of the connection.</summary>
    public readonly Slot Slot => Unsafe.As<Slot>(Seat!);

    public static EndpointMessage Acquire(long timeoutMs, bool wait, object? holder) => new()
    {
        Request = EndpointRequest.Acquire,
        Flag = wait,
        TimeoutMs = timeoutMs,
        Payload = holder,
    };

    public static EndpointMessage Reacquire(Seat seat, long generation, long timeoutMs, bool wait, object? holder) => new()
    {
        Request = EndpointRequest.Reacquire,
        Flag = wait,
        Seat = seat,
        Number = generation,
        TimeoutMs = timeoutMs,
        Payload = holder,
    };

    public static EndpointMessage Release(Seat seat, long generation, bool fit, ResetChoice? reset) => new()
    {
        Request = EndpointRequest.Release,
        Flag = fit,
        Seat = seat,
        Number = generation,
        Payload = reset,
    };

    public static EndpointMessage MarkFaulty(Seat seat, long generation, Exception? error) => new()
    {
        Request = EndpointRequest.MarkFaulty,
        Seat = seat,
        Number = generation,
        Payload = error,
    };

    public static EndpointMessage Detach(Seat seat, long generation) => new()
    {
        Request = EndpointRequest.Detach,
        Seat = seat,
        Number = generation,
    };

    public static EndpointMessage AbandonWait(Waiter waiter, bool timedOut) => new()
    {
        Request = EndpointRequest.AbandonWait,
        Flag = timedOut,
        Waiter = waiter,
    };

    public static EndpointMessage LeaseLost(Seat seat, long generation) => new()
    {
        Request = EndpointRequest.LeaseLost,
        Seat = seat,
        Number = generation,
    };

    public static EndpointMessage TimerDue(EndpointTimer timer) => new()
    {
        Request = EndpointRequest.TimerDue,
        Number = (long)timer,
    };

    /// <summary>From the budget: it grants, or wants back, so many connections, or lets the pool keep so many.</summary>
    public static EndpointMessage OfBudget(EndpointRequest request, int count, EvictMode mode = EvictMode.Soft) => new()
    {
        Request = request,
        Number = count,
        Flag = mode == EvictMode.Hard,
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
        Seat = from.Slot,
        Number = from.ConnectionId,
        Payload = payload,
    };

    public override readonly string ToString() => Request.ToString();
}
