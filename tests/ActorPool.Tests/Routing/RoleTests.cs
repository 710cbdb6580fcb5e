using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>Primary, standby, any: who serves is asked for, and changes at once when the answer does.</summary>
public sealed class RoleTests : ReplicaGroupTest
{
    readonly Dictionary<string, ReplicaRole> _roles = new(StringComparer.Ordinal);
    readonly List<ReplicaConnection> _asked = [];

    [Theory]
    [InlineData("PSS", TargetRole.Any, "abc")]
    [InlineData("PSS", TargetRole.Primary, "a")]
    [InlineData("PSS", TargetRole.Standby, "bc")]
    [InlineData("PSS", TargetRole.PreferStandby, "bc")]
    [InlineData("PSS", TargetRole.PreferPrimary, "a")]
    [InlineData("SPS", TargetRole.Primary, "b")]
    [InlineData("PPP", TargetRole.PreferStandby, "abc")]
    [InlineData("SSS", TargetRole.PreferPrimary, "abc")]
    [InlineData("PUU", TargetRole.Standby, "")]
    [InlineData("SSS", TargetRole.Primary, "")]
    [InlineData("PPP", TargetRole.Standby, "")]
    [InlineData("xSS", TargetRole.PreferPrimary, "bc")]
    [InlineData("Pxx", TargetRole.PreferStandby, "a")]
    [InlineData("xSS", TargetRole.Standby, "bc")]
    [InlineData("SxP", TargetRole.Any, "ac")]
    public void The_matrix_of_roles(string roles, TargetRole wanted, string servers)
    {
        foreach (var (member, role) in new[] { A, B, C }.Zip(roles))
        {
            if (role == 'x')
            {
                Member(member).Opens.Always(Refused);
            }

            _roles[member] = role == 'P' ? ReplicaRole.Primary : role == 'S' ? ReplicaRole.Standby : ReplicaRole.Unknown;
        }

        var group = CreateKnowing([A, B, C], options => options.Role = wanted);
        if (servers.Length > 0)
        {
            Assert.Equal(servers, string.Concat(Serve(group, 60).Keys.Select(member => member[0]).Order()));
            return;
        }

        var acquire = Begin(group, new ReplicaRequest(Timeout: Seconds(2)));
        World.Advance(Seconds(2));
        var error = Failure<AcquireTimeoutException>(acquire);
        Assert.Contains($"in the role wanted ({wanted})", error.Message, StringComparison.Ordinal);
        Assert.Contains($"a:1: Healthy, {_roles[A]}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_acquire_may_want_another_role_than_the_group()
    {
        (_roles[A], _roles[B]) = (ReplicaRole.Primary, ReplicaRole.Standby);
        var group = CreateKnowing([A, B]);

        Assert.Equal([B], Serve(group, 10, _ => new ReplicaRequest(Role: TargetRole.Standby)).Keys);
        Assert.Equal([A], Serve(group, 10, _ => new ReplicaRequest(Role: TargetRole.Primary)).Keys);
        Assert.Equal(2, Serve(group, 10).Count);
    }

    [Fact]
    public void A_role_is_asked_on_every_new_connection_and_moves_new_acquires_at_once()
    {
        (_roles[A], _roles[B]) = (ReplicaRole.Primary, ReplicaRole.Standby);
        var group = CreateKnowing([A, B], options =>
        {
            options.Role = TargetRole.Primary;
            options.RoleInterval = Timeout.InfiniteTimeSpan;
        });
        Assert.Equal([A], Serve(group, 10).Keys);

        // They swap; both have to reconnect.
        (_roles[A], _roles[B]) = (ReplicaRole.Standby, ReplicaRole.Primary);
        foreach (var member in new[] { A, B })
        {
            Member(member).Condemn(Member(member).Open[0], new IOException("restarted"));
        }

        World.Run();

        Assert.Equal([B], Serve(group, 10).Keys);
        Assert.Equal(ReplicaRole.Standby, Of(group, A).Role);
    }

    [Fact]
    public void A_role_is_asked_again_every_RoleInterval()
    {
        (_roles[A], _roles[B]) = (ReplicaRole.Primary, ReplicaRole.Standby);
        var group = CreateKnowing([A, B], options =>
        {
            options.Role = TargetRole.Primary;
            options.RoleInterval = Seconds(10);
        });
        World.Advance(Seconds(5));
        (_roles[A], _roles[B]) = (ReplicaRole.Standby, ReplicaRole.Primary);

        World.Advance(Seconds(4.9));
        Assert.Equal([A], Serve(group, 10).Keys);
        World.Advance(Seconds(0.1));

        Assert.Equal([B], Serve(group, 10).Keys);
        Assert.Equal(2, Member(A).OpenedCount + Member(B).OpenedCount);
    }

    [Fact]
    public void A_leased_connection_is_never_asked()
    {
        (_roles[A], _roles[B]) = (ReplicaRole.Primary, ReplicaRole.Standby);
        var group = CreateKnowing([A, B], options => options.Pool.MaxSize = 1);
        using var lease = Acquire(group, new ReplicaRequest(Role: TargetRole.Primary));
        _asked.Clear();

        World.Advance(Seconds(60));

        Assert.NotEmpty(_asked);
        Assert.DoesNotContain(lease.Connection, _asked);
    }

    [Fact]
    public void One_who_waits_for_a_primary_is_served_when_a_standby_becomes_one()
    {
        (_roles[A], _roles[B]) = (ReplicaRole.Primary, ReplicaRole.Standby);
        var group = CreateKnowing([A, B], options =>
        {
            options.Role = TargetRole.Primary;
            options.RoleInterval = Seconds(60);
        });
        World.Advance(Seconds(5));

        Member(A).Opens.Always(Refused);
        Member(A).Condemn(Member(A).Open[0], new IOException("the primary is gone"));
        World.Run();
        var acquire = Begin(group);
        World.Advance(Seconds(2));
        Assert.False(acquire.IsCompleted, "a standby must not serve in place of a primary");
        _roles[B] = ReplicaRole.Primary;
        World.Advance(Seconds(3));

        // Not after RoleInterval: the members are asked when one of them fails.
        Assert.True(acquire.IsCompletedSuccessfully, string.Join("; ", group.Members));
        Assert.Equal(B, acquire.Result.Connection.Member);
        acquire.Result.Dispose();
    }

    [Fact]
    public void A_cold_group_finds_the_primary_by_asking()
    {
        (_roles[A], _roles[B], _roles[C]) = (ReplicaRole.Standby, ReplicaRole.Standby, ReplicaRole.Primary);
        var group = Create([A, B, C], options =>
        {
            options.RoleProbe = AskAsync;
            options.Role = TargetRole.Primary;
        });

        Assert.Equal([C], Serve(group, 10).Keys);
        Assert.Equal(10, group.Snapshot().Acquired);
    }

    [Fact]
    public void A_probe_that_throws_fails_the_open_and_leaves_no_connection_behind()
    {
        var group = Create([A], options =>
        {
            options.RoleProbe = (_, _) => throw new IOException("no answer");
            options.Pool.UnavailableAfter = TimeSpan.Zero;
        });

        var error = Failure<EndpointUnavailableException>(Begin(group));

        Assert.Contains("no answer", error.Message, StringComparison.Ordinal);
        Assert.Empty(Member(A).Open);
    }

    [Fact]
    public void Without_a_probe_no_role_can_be_asked_for()
    {
        var group = Create([A]);

        Assert.Contains("RoleProbe", Assert.Throws<ArgumentException>(() =>
        {
            _ = group.AcquireAsync(new ReplicaRequest(Role: TargetRole.Primary));
        }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Create([A], options => options.Role = TargetRole.Standby));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_role_probe_that_heeds_no_token_costs_its_connection_and_is_asked_again(bool isHostile)
    {
        var hangs = false;
        var never = new TaskCompletionSource<ReplicaRole>();
        var group = CreateKnowing([A], options =>
        {
            options.RoleInterval = Seconds(10);
            options.RoleProbe = (_, cancellationToken) =>
            {
                if (isHostile)
                {
                    cancellationToken.Register(static () => throw new InvalidOperationException("closed already"));
                }

                return hangs ? new ValueTask<ReplicaRole>(never.Task) : ValueTask.FromResult(ReplicaRole.Primary);
            };
        });

        World.Advance(Seconds(2));
        for (var question = 1; question <= 2; question++)
        {
            hangs = true;
            World.RunUntil(() => Of(group, A).Pool.Leased == 1, within: Seconds(10));
            hangs = false;
            World.Advance(Seconds(5));

            Assert.Equal(0, Of(group, A).Pool.Leased);
            Assert.Equal(Enumerable.Repeat(CloseReason.Fault, question), Member(A).Closed.Select(closed => closed.Reason));
        }
    }

    ReplicaGroup<ReplicaConnection> CreateKnowing(
        string[] members, Action<ReplicaGroupOptions<ReplicaConnection>>? configure = null) =>
        CreateWarm(members, options =>
        {
            options.RoleProbe = AskAsync;
            configure?.Invoke(options);
        });

    ValueTask<ReplicaRole> AskAsync(ReplicaConnection connection, CancellationToken cancellationToken)
    {
        _asked.Add(connection);
        return ValueTask.FromResult(_roles[connection.Member]);
    }
}
