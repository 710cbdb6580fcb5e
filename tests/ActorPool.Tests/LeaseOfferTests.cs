using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>Leases that are offered by message: claimed, or taken back.</summary>
public sealed class LeaseOfferTests : VirtualPoolTest
{
    [Fact]
    public void A_claimed_lease_is_its_claimers_and_claiming_again_gives_the_same()
    {
        var pool = Create();
        var offer = new LeaseOffer<ScriptedConnection>(Acquire(pool));

        var lease = offer.Claim();

        Assert.True(lease.IsActive);
        Assert.Equal(lease, offer.Claim());
        Assert.False(offer.TakeBack());
        lease.Dispose();
        World.Run();
    }

    [Fact]
    public void An_offer_that_was_taken_back_cannot_be_claimed_and_its_connection_serves_the_next()
    {
        var pool = Create(options => options.MaxSize = 1);
        var offer = new LeaseOffer<ScriptedConnection>(Acquire(pool));

        Assert.True(offer.TakeBack());

        using var next = Acquire(pool);
        var error = Assert.Throws<LeaseRevokedException>(() => offer.Claim());
        Assert.Contains("nobody claimed it in time", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Connector.OpenedCount);
        Assert.False(offer.TakeBack());
    }

    [Fact]
    public void An_offer_stands_for_as_many_whole_intervals_as_it_says()
    {
        var pool = Create();
        var offers = new LeaseOffers<ScriptedConnection>();
        offers.Turn();
        var offer = new LeaseOffer<ScriptedConnection>(Acquire(pool));
        offers.Add(offer);

        // The first turn may come at once.
        for (var turn = 0; turn < LeaseOffers<ScriptedConnection>.TurnsToClaim; turn++)
        {
            Assert.Equal(0, offers.Turn());
            Assert.True(offer.IsOpen);
        }

        Assert.Equal(1, offers.Turn());
        Assert.False(offer.IsOpen);
        World.Run();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void Claimed_offers_are_forgotten_as_new_ones_come()
    {
        var pool = Create(options => options.MaxSize = 2);
        var offers = new LeaseOffers<ScriptedConnection>();
        var unclaimed = new LeaseOffer<ScriptedConnection>(Acquire(pool));
        offers.Add(unclaimed);

        for (var round = 0; round < 1_000; round++)
        {
            var offer = new LeaseOffer<ScriptedConnection>(Acquire(pool));
            offers.Add(offer);
            offer.Claim().Dispose();
            World.Run();
        }

        Assert.InRange(offers.Count, 1, 64);
        offers.TakeBackAll();
        Assert.False(unclaimed.IsOpen);
        World.Run();
    }
}
