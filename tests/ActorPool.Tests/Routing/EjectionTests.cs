using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>Members that fail those who lease from them are left alone for a time; never too many, and not when few are left.</summary>
public sealed class EjectionTests : ReplicaGroupTest
{
    static readonly string[] All = [A, B, C];

    [Fact]
    public void So_many_faults_in_a_row_eject_a_member_for_the_base_time()
    {
        var group = CreateWarm(All, options => options.EjectAfterFaults = 3);

        Fail(group, A, 2);
        Assert.Null(Of(group, A).EjectedFor);
        Assert.Equal(2, Of(group, A).FaultsInARow);
        Fail(group, A, 1);

        Assert.Equal(Seconds(30), Of(group, A).EjectedFor);
        Assert.Equal(new Dictionary<string, int> { [B] = 30, [C] = 30 }, Serve(group, 60));
        World.Advance(Seconds(29.999));
        Assert.DoesNotContain(A, Serve(group, 60).Keys);
        World.Advance(Ms(1));
        Assert.Null(Of(group, A).EjectedFor);
        Assert.Equal(20, Serve(group, 60)[A]);
    }

    [Fact]
    public void A_lease_that_goes_well_in_between_begins_the_count_anew()
    {
        var group = CreateWarm(All, options => options.EjectAfterFaults = 3);
        for (var i = 0; i < 10; i++)
        {
            Fail(group, A, 2);
            Serve(group, 3);
        }

        Assert.Null(Of(group, A).EjectedFor);
        Assert.Equal(0, Of(group, A).Ejections);
    }

    [Fact]
    public void Leases_that_fail_together_are_as_many_faults_in_a_row()
    {
        var group = CreateWarm(All, options => options.EjectAfterFaults = 5);
        var leases = new List<Lease<ReplicaConnection>>();
        while (leases.Count(lease => lease.Connection.Member == A) < 5)
        {
            leases.Add(Acquire(group));
        }

        foreach (var lease in leases)
        {
            if (lease.Connection.Member == A)
            {
                lease.MarkFaulty(new IOException("reset"));
            }

            lease.Dispose();
        }

        World.Run();

        Assert.NotNull(Of(group, A).EjectedFor);
        Assert.Null(Of(group, B).EjectedFor);
    }

    [Fact]
    public void A_connection_that_condemns_itself_is_a_fault_under_a_lease_and_none_while_idle()
    {
        var group = CreateWarm(All, options =>
        {
            options.EjectAfterFaults = 2;
            options.Pool.MinSize = 4;
        });
        World.Advance(Seconds(1));
        foreach (var connection in Member(A).Open)
        {
            Member(A).Condemn(connection, new IOException("closed by an idle limit"));
        }

        World.Run();
        Assert.Equal(0, Of(group, A).FaultsInARow);

        for (var i = 0; i < 2; i++)
        {
            var lease = Acquire(group, A);
            Member(A).Condemn(lease.Connection, new IOException("reset"));
            World.Run();
            lease.Dispose();
            World.Run();
        }

        Assert.NotNull(Of(group, A).EjectedFor);
    }

    [Fact]
    public void Each_ejection_is_longer_than_the_last_up_to_the_maximum()
    {
        var group = CreateWarm(All, options =>
        {
            options.EjectAfterFaults = 1;
            options.BaseEjectionTime = Seconds(10);
            options.MaxEjectionTime = Seconds(35);
        });
        foreach (var seconds in new[] { 10, 20, 30, 35, 35 })
        {
            Fail(group, A, 1);
            Assert.Equal(Seconds(seconds), Of(group, A).EjectedFor);
            World.Advance(Seconds(seconds));
            Assert.Null(Of(group, A).EjectedFor);
        }
    }

    [Fact]
    public void A_member_that_stays_well_forgets_its_ejections_one_by_one()
    {
        var group = CreateWarm(All, options =>
        {
            options.EjectAfterFaults = 1;
            options.BaseEjectionTime = Seconds(10);
        });
        foreach (var seconds in new[] { 10, 20, 30 })
        {
            Fail(group, A, 1);
            World.Advance(Seconds(seconds));
        }

        World.Advance(Seconds(20));
        Fail(group, A, 1);

        Assert.Equal(2, Of(group, A).Ejections);
        Assert.Equal(Seconds(20), Of(group, A).EjectedFor);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.25, 1)]
    [InlineData(0.2, 0)]
    [InlineData(1, 4)]
    public void No_more_than_the_maximum_share_is_ejected(double share, int ejectedMax)
    {
        string[] members = [A, B, C, "d:1"];
        var group = CreateWarm(members, options =>
        {
            options.EjectAfterFaults = 1;
            options.MaxEjectedShare = share;
        });
        foreach (var member in members)
        {
            Fail(group, member, 1);
        }

        Assert.Equal(ejectedMax, group.Members.Count(member => member.EjectedFor is not null));
    }

    [Fact]
    public void Opens_that_fail_count_as_faults()
    {
        Member(A).Opens.Next([.. Enumerable.Repeat(Refused, 5)]);
        var group = CreateWarm(All);

        World.Advance(Seconds(10));

        Assert.Equal(PoolHealth.Healthy, Of(group, A).Pool.Health);
        Assert.NotNull(Of(group, A).EjectedFor);
    }

    [Fact]
    public void Zero_faults_never_eject()
    {
        var group = CreateWarm(All, options => options.EjectAfterFaults = 0);

        Fail(group, A, 50);

        Assert.Null(Of(group, A).EjectedFor);
    }

    [Fact]
    public void In_panic_ejected_members_serve_like_all_others()
    {
        var group = CreateWarm(All, options =>
        {
            options.EjectAfterFaults = 1;
            options.MaxEjectedShare = 1;
            options.PanicThreshold = 0.5;
        });

        Fail(group, A, 1);
        Assert.DoesNotContain(A, Serve(group, 30).Keys);
        Fail(group, B, 1);

        Assert.Equal(new Dictionary<string, int> { [A] = 10, [B] = 10, [C] = 10 }, Serve(group, 30));
    }

    [Fact]
    public void Without_panic_the_last_one_carries_everything()
    {
        var group = CreateWarm(All, options =>
        {
            options.EjectAfterFaults = 1;
            options.MaxEjectedShare = 1;
            options.PanicThreshold = 0;
        });
        Fail(group, A, 1);
        Fail(group, B, 1);

        Assert.Equal(new Dictionary<string, int> { [C] = 30 }, Serve(group, 30));
    }

    [Fact]
    public void When_all_are_ejected_all_serve()
    {
        var group = CreateWarm(All, options =>
        {
            options.EjectAfterFaults = 1;
            options.MaxEjectedShare = 1;
            options.PanicThreshold = 0;
        });
        foreach (var member in All)
        {
            Fail(group, member, 1);
        }

        Assert.Equal(3, group.Members.Count(member => member.EjectedFor is not null));
        Assert.Equal(3, Serve(group, 30).Count);
    }

    /// <summary>Has so many leases of a member end with a fault, and no other lease of it well.</summary>
    void Fail(ReplicaGroup<ReplicaConnection> group, string member, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var lease = Acquire(group, member);
            lease.MarkFaulty(new IOException("reset"));
            lease.Dispose();
            World.Run();
        }
    }

    /// <summary>A lease of a certain member, whomever the group would choose.</summary>
    Lease<ReplicaConnection> Acquire(ReplicaGroup<ReplicaConnection> group, string member)
    {
        var pool = group.Supervisor.View.Members.Single(one => one.Target.Address.ToString() == member);
        var acquire = ((ActorPool.Routing.ReplicaMember<ReplicaConnection>)pool).Pool.AcquireAsync().AsTask();
        World.Run();
        Assert.True(acquire.IsCompletedSuccessfully);
        return acquire.Result;
    }
}
