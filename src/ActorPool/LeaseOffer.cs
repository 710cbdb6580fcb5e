using ActorPool.Errors;

namespace ActorPool;

/// <summary>
/// A lease for somebody who may never come for it: it was granted by a message, and a message may meet a caller who has given up.
/// Either he claims it, or it is taken back (<see cref="LeaseOffers{TConnection}"/>): exactly one of the two. All members may be called from any
/// thread.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public class LeaseOffer<TConnection>
    where TConnection : class
{
    const int Open = 0;
    const int Claimed = 1;
    const int TakenBack = 2;

    readonly Lease<TConnection> _lease;
    int _state = Open;

    /// <summary>Offers a lease.</summary>
    /// <param name="lease">What is offered; nobody else uses it.</param>
    public LeaseOffer(Lease<TConnection> lease) => _lease = lease;

    /// <summary>Whether it is neither claimed nor taken back.</summary>
    public bool IsOpen => Volatile.Read(ref _state) == Open;

    /// <summary>Takes the lease, which is the caller's to dispose of from now on. Claiming again gives the same lease.</summary>
    /// <exception cref="LeaseRevokedException">It was not claimed in time, and was taken back.</exception>
    public Lease<TConnection> Claim() => Interlocked.CompareExchange(ref _state, Claimed, Open) != TakenBack ? _lease : throw LeaseErrors.Unclaimed(_lease);

    /// <summary>Ends the lease unless it was claimed. Nobody has touched its connection, which serves the next holder as it is.</summary>
    /// <returns>Whether it was taken back by this call.</returns>
    public bool TakeBack()
    {
        if (Interlocked.CompareExchange(ref _state, TakenBack, Open) != Open)
        {
            return false;
        }

        _lease.ReturnWithoutReset();
        return true;
    }

    /// <summary>The offer in one line.</summary>
    public override string ToString() => $"{(Volatile.Read(ref _state) switch { Open => "unclaimed", Claimed => "claimed", _ => "taken back" })}: {_lease}";
}
