using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>Which member serves, when all of them can.</summary>
public sealed class StrategyTests : ReplicaGroupTest
{
    static readonly string[] All = [A, B, C];

    [Fact]
    public void Round_robin_gives_each_member_the_same_share()
    {
        var group = CreateWarm(All);

        Assert.Equal(new Dictionary<string, int> { [A] = 100, [B] = 100, [C] = 100 }, Serve(group, 300));
    }

    [Fact]
    public void Balancing_is_fair_when_the_first_member_is_down()
    {
        Member(A).Opens.Always(Refused);
        var group = CreateWarm(All, options => options.PanicThreshold = 0);

        var served = Serve(group, 200);

        // Not the next one alone inherits the share of the one that is down.
        Assert.Equal(new Dictionary<string, int> { [B] = 100, [C] = 100 }, served);
    }

    [Fact]
    public void A_member_that_has_recovered_gets_its_share_although_others_have_idle_connections()
    {
        Member(A).Opens.Next(Refused);
        var group = CreateWarm(All);
        Serve(group, 30);
        World.Advance(Seconds(2));

        Assert.Equal(new Dictionary<string, int> { [A] = 50, [B] = 50, [C] = 50 }, Serve(group, 150));
    }

    [Fact]
    public void Members_without_connections_are_opened_while_others_serve()
    {
        var group = Create(All);

        Serve(group, 6);

        Assert.All(All, member => Assert.Equal(1, Member(member).OpenedCount));
        Assert.Equal(new Dictionary<string, int> { [A] = 10, [B] = 10, [C] = 10 }, Serve(group, 30));
    }

    [Fact]
    public void Least_leased_goes_where_the_fewest_leases_are()
    {
        var group = CreateWarm(All, options => options.Strategy = RoutingStrategy.LeastLeased);
        var leases = new List<Lease<ReplicaConnection>>();
        for (var i = 0; i < 9; i++)
        {
            leases.Add(Acquire(group));
        }

        Assert.All(All, member => Assert.Equal(3, Of(group, member).Pool.Leased));
        foreach (var lease in leases.Where(lease => lease.Connection.Member == B))
        {
            lease.Dispose();
        }

        Assert.Equal(B, Acquire(group).Connection.Member);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_choices_keep_the_loads_close_together(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        string[] members = [.. Enumerable.Range(0, 8).Select(i => $"m{i}:1")];
        var group = CreateWarm(members, options => options.Strategy = RoutingStrategy.PowerOfTwoChoices);
        var leases = new List<Lease<ReplicaConnection>>();
        for (var i = 0; i < 400; i++)
        {
            leases.Add(Acquire(group));
            if (leases.Count > 64)
            {
                var returned = random.Next(leases.Count);
                leases[returned].Dispose();
                leases.RemoveAt(returned);
            }
        }

        // Eight leases each on average; one choice at random would leave some member with about fifteen.
        Assert.All(members, member => Assert.True(Of(group, member).Pool.Leased is >= 5 and <= 11, $"seed {seed}: {Of(group, member)}"));
    }

    [Fact]
    public void A_key_stays_at_its_member()
    {
        var group = CreateWarm(All, options => options.Strategy = RoutingStrategy.ConsistentHash);
        var owners = Enumerable.Range(0, 60).Select(i => Owner(group, i)).ToList();

        Assert.Equal(owners, Enumerable.Range(0, 60).Select(i => Owner(group, i)));
        Assert.All(All, member => Assert.InRange(owners.Count(owner => owner == member), 8, 35));
    }

    [Fact]
    public void A_member_that_fails_gives_away_its_own_keys_alone_and_gets_them_back()
    {
        var group = CreateWarm(All, options => options.Strategy = RoutingStrategy.ConsistentHash);
        var before = Enumerable.Range(0, 60).Select(i => Owner(group, i)).ToList();

        Member(B).Opens.Next(Refused, Refused);
        Member(B).Condemn(Member(B).Open[0], new IOException("gone"));
        World.Run();
        var meanwhile = Enumerable.Range(0, 60).Select(i => Owner(group, i)).ToList();
        World.Advance(Seconds(5));

        Assert.DoesNotContain(B, meanwhile);
        Assert.All(before.Zip(meanwhile).Where(pair => pair.First != B), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(before, Enumerable.Range(0, 60).Select(i => Owner(group, i)));
    }

    [Fact]
    public void No_member_carries_more_than_a_quarter_above_its_share_of_one_key()
    {
        string[] members = ["m0:1", "m1:1", "m2:1", "m3:1"];
        var group = CreateWarm(members, options =>
        {
            options.Strategy = RoutingStrategy.ConsistentHash;
            options.Pool.MaxSize = 100;
        });
        for (var held = 1; held <= 40; held++)
        {
            _ = Acquire(group, new ReplicaRequest(Key: "the same for all"));
            var most = members.Max(member => Of(group, member).Pool.Leased);
            Assert.True(most <= Math.Ceiling(1.25 * held / members.Length), $"{most} of {held} leases at one of {members.Length}");
        }
    }

    [Fact]
    public void Without_a_key_the_hash_goes_to_the_least_leased()
    {
        var group = CreateWarm(All, options => options.Strategy = RoutingStrategy.ConsistentHash);
        for (var i = 0; i < 6; i++)
        {
            _ = Acquire(group);
        }

        Assert.All(All, member => Assert.Equal(2, Of(group, member).Pool.Leased));
    }

    [Fact]
    public void First_healthy_keeps_to_the_first_while_it_can_serve_and_comes_back_to_it()
    {
        var group = CreateWarm(All, options => options.Strategy = RoutingStrategy.FirstHealthy);
        Assert.Equal(new Dictionary<string, int> { [A] = 20 }, Serve(group, 20));

        Member(A).Opens.Next(Refused, Refused);
        Member(A).Condemn(Member(A).Open[0], new IOException("gone"));
        World.Run();
        Assert.Equal(new Dictionary<string, int> { [B] = 20 }, Serve(group, 20));

        World.Advance(Seconds(5));
        Assert.Equal(new Dictionary<string, int> { [A] = 20 }, Serve(group, 20));
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        foreach (var strategy in Enum.GetValues<RoutingStrategy>())
        {
            var group = CreateWarm(All, options => options.Strategy = strategy);
            var allocated = Allocated.By(() => Hit(group));
            Assert.True(allocated == 0, $"{strategy} allocates {allocated} bytes in 1,000 hits");
        }

        static void Hit(ReplicaGroup<ReplicaConnection> group)
        {
            for (var i = 0; i < 1_000; i++)
            {
                var acquire = group.AcquireAsync(new ReplicaRequest(Key: "k"));
                acquire.Result.Dispose();
            }
        }
    }

    string Owner(ReplicaGroup<ReplicaConnection> group, int key)
    {
        using var lease = Acquire(group, new ReplicaRequest(Key: $"user-{key}"));
        return lease.Connection.Member;
    }
}
