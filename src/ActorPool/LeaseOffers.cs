namespace ActorPool;

/// <summary>
/// The offers that somebody has made (<see cref="LeaseOffer{TConnection}"/>), to take back those that nobody claims. He turns it at even intervals, and an
/// offer is taken back when it has stood for <see cref="TurnsToClaim"/> whole ones: so an offer costs no timer and no look at a clock. Not thread-safe: for its
/// owner alone.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public sealed class LeaseOffers<TConnection>
    where TConnection : class
{
    /// <summary>How many whole intervals an offer stands: turned so many times in the time that there is to claim, it stands at least that long.</summary>
    public const int TurnsToClaim = 4;

    // So many are looked at in one go, those that were claimed forgotten: one by one each look would wait for the claimer's cache line.
    const int SweepMin = 64;

    readonly List<(LeaseOffer<TConnection> Offer, long LastTurn)> _standing = [];
    long _turn;
    int _sweepAt = SweepMin;

    /// <summary>How many stand, some of which may have been claimed meanwhile.</summary>
    public int Count => _standing.Count;

    /// <summary>Takes note of an offer.</summary>
    public void Add(LeaseOffer<TConnection> offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (_standing.Count >= _sweepAt)
        {
            _standing.RemoveAll(static standing => !standing.Offer.IsOpen);
            _sweepAt = Math.Max(SweepMin, 2 * _standing.Count);
        }

        _standing.Add((offer, _turn + TurnsToClaim));
    }

    /// <summary>An interval has passed: takes back what has stood for long enough.</summary>
    /// <returns>How many were taken back.</returns>
    public int Turn()
    {
        var takenBack = 0;
        _standing.RemoveAll(standing =>
        {
            if (standing.Offer.IsOpen && _turn < standing.LastTurn)
            {
                return false;
            }

            takenBack += standing.Offer.TakeBack() ? 1 : 0;
            return true;
        });
        _turn++;
        return takenBack;
    }

    /// <summary>Takes back all that nobody has claimed: who offered them ends.</summary>
    public void TakeBackAll()
    {
        _standing.ForEach(static standing => standing.Offer.TakeBack());
        _standing.Clear();
    }
}
