using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>A failing replica never delays a request that another could serve.</summary>
public sealed class FailingReplicaTests : ReplicaGroupTest
{
    static readonly string[] Both = [A, B];

    [Theory]
    [InlineData(RoutingStrategy.RoundRobin)]
    [InlineData(RoutingStrategy.LeastLeased)]
    [InlineData(RoutingStrategy.PowerOfTwoChoices)]
    [InlineData(RoutingStrategy.ConsistentHash)]
    [InlineData(RoutingStrategy.FirstHealthy)]
    public void A_member_that_refuses_delays_nobody(RoutingStrategy strategy)
    {
        Member(A).Opens.Always(Refused);
        var group = Create(Both, options => options.Strategy = strategy);

        // Not even the first, who finds out.
        var served = Serve(group, 50, i => new ReplicaRequest(Key: $"key {i}"));

        Assert.Equal(new Dictionary<string, int> { [B] = 50 }, served);
        Assert.Equal(TimeSpan.Zero, World.Time.Elapsed);
    }

    [Theory]
    [InlineData(RoutingStrategy.RoundRobin)]
    [InlineData(RoutingStrategy.LeastLeased)]
    [InlineData(RoutingStrategy.PowerOfTwoChoices)]
    [InlineData(RoutingStrategy.ConsistentHash)]
    [InlineData(RoutingStrategy.FirstHealthy)]
    public void A_member_that_swallows_connects_delays_nobody_once_another_has_a_connection(RoutingStrategy strategy)
    {
        Member(A).Opens.Always(StepPlan.HangDeaf);
        var group = CreateWarm(Both, options => options.Strategy = strategy);

        var served = Serve(group, 50, i => new ReplicaRequest(Key: $"key {i}"));

        Assert.Equal(new Dictionary<string, int> { [B] = 50 }, served);
        Assert.Equal(TimeSpan.Zero, World.Time.Elapsed);
    }

    [Fact]
    public void A_member_whose_connection_opened_just_too_late_is_tried_again()
    {
        Member(A).Opens.Next(StepPlan.Hang);
        var group = Create([A, B], options => { options.Strategy = RoutingStrategy.FirstHealthy; options.HedgeDelay = Ms(100); });
        var acquire = Begin(group);
        World.Advance(Ms(100));
        Assert.Equal(B, acquire.Result.Connection.Member);

        // The time is over, and before anybody hears of it the open succeeds.
        World.Time.Advance(Seconds(4.9));
        Member(A).ReleaseHung();
        World.Run();
        Assert.Equal(PoolHealth.Failing, Of(group, A).Pool.Health);

        World.Advance(Seconds(2));
        Assert.Equal(PoolHealth.Healthy, Of(group, A).Pool.Health);
        acquire.Result.Dispose();
    }

    [Fact]
    public void Where_nobody_has_a_connection_yet_a_second_member_is_asked_after_HedgeDelay()
    {
        Member(A).Opens.Always(StepPlan.HangDeaf);
        var group = Create(Both, options => options.Strategy = RoutingStrategy.FirstHealthy);
        var acquire = Begin(group);

        World.Advance(Ms(99));
        Assert.False(acquire.IsCompleted);
        World.Advance(Ms(1));

        Assert.True(acquire.IsCompletedSuccessfully);
        Assert.Equal(B, acquire.Result.Connection.Member);
    }

    [Fact]
    public void One_who_waits_at_a_member_that_begins_to_fail_is_served_by_another()
    {
        var group = CreateWarm(Both, options =>
        {
            options.Strategy = RoutingStrategy.FirstHealthy;
            options.Pool.MaxSize = 1;
        });
        using var held = Acquire(group);
        Assert.Equal(A, held.Connection.Member);
        var waiting = Begin(group);
        World.Advance(Seconds(1));
        Assert.False(waiting.IsCompleted, "an order of preference is kept while the preferred one is well");

        Member(A).Opens.Always(Refused);
        held.MarkFaulty(new IOException("reset by peer"));
        held.Dispose();
        World.Run();

        Assert.True(waiting.IsCompletedSuccessfully, group.Snapshot().ToString());
        Assert.Equal(B, waiting.Result.Connection.Member);
        waiting.Result.Dispose();
        Assert.Equal(Seconds(1), World.Time.Elapsed);
    }

    [Fact]
    public void One_who_waits_at_a_full_member_is_served_by_one_with_room()
    {
        var group = CreateWarm(Both, options =>
        {
            options.Strategy = RoutingStrategy.ConsistentHash;
            options.Pool.MaxSize = 1;
        });

        var leases = new[] { Acquire(group, new ReplicaRequest(Key: "k")), Acquire(group, new ReplicaRequest(Key: "k")) };

        Assert.Equal(2, leases.Select(lease => lease.Connection.Member).Distinct().Count());
    }

    [Fact]
    public void One_who_waits_while_all_are_full_is_served_by_whichever_is_free_first()
    {
        var group = CreateWarm(Both, options => options.Pool.MaxSize = 1);
        var leases = new[] { Acquire(group), Acquire(group) };
        var first = Begin(group);
        var second = Begin(group);
        World.Advance(Ms(100));

        // Both stand in both lines by now, and neither line is longer than the other.
        leases[1].Dispose();
        World.Run();
        Assert.True(first.IsCompletedSuccessfully || second.IsCompletedSuccessfully);
        var (served, other) = first.IsCompleted ? (first, second) : (second, first);
        Assert.False(other.IsCompleted);
        served.Result.Dispose();
        World.Run();

        Assert.True(other.IsCompletedSuccessfully, "the member whose lease is still out delayed it");
        Assert.All(group.Members, member => Assert.Equal(0, member.Pool.Waiting));
        other.Result.Dispose();
        leases[0].Dispose();
    }

    [Fact]
    public void Whoever_was_asked_as_well_and_grants_too_late_gets_its_lease_back()
    {
        Member(A).Opens.Always(StepPlan.After(Ms(300)));
        Member(B).Opens.Always(StepPlan.After(Ms(300)));
        var group = Create(Both, options => options.HedgeDelay = Ms(100));
        var acquire = Begin(group);

        World.Advance(Ms(300));
        Assert.True(acquire.IsCompletedSuccessfully);
        World.Advance(Ms(500));

        Assert.Equal(1, group.Snapshot().Leased);
        Assert.Equal(1, group.Snapshot().Acquired);
        Assert.Equal(2, group.Snapshot().Opened);
        acquire.Result.Dispose();
        Assert.Equal(2, group.Snapshot().Idle);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    public void Whatever_happens_every_acquire_is_answered_once_and_no_lease_is_lost(ulong seed)
    {
        var random = new SeededRandom(seed);
        foreach (var member in new[] { A, B, C })
        {
            for (var i = 0; i < 200; i++)
            {
                Member(member).Opens.Next(random.Next(4) switch
                {
                    0 => Refused,
                    1 => StepPlan.After(Ms(random.Next(400))),
                    _ => StepPlan.Succeed,
                });
            }
        }

        var group = Create([A, B, C], options =>
        {
            options.Pool.MaxSize = 2;
            options.Pool.AcquireTimeout = Seconds(3);
            options.Strategy = (RoutingStrategy)random.Next(5);
        });
        var acquires = new List<Task<Lease<ReplicaConnection>>>();
        var held = new List<Lease<ReplicaConnection>>();
        for (var step = 0; step < 400; step++)
        {
            using var cancellation = new CancellationTokenSource();
            acquires.Add(Begin(group, new ReplicaRequest(Key: $"{random.Next(9)}"), cancellation.Token));
            if (random.Next(5) == 0)
            {
                cancellation.Cancel();
            }

            World.Advance(Ms(random.Next(60)));
            held.AddRange(acquires.Where(acquire => acquire.IsCompletedSuccessfully).Select(acquire => acquire.Result));
            acquires.RemoveAll(acquire => acquire.IsCompleted);
            while (held.Count > random.Next(6))
            {
                if (random.Next(6) == 0)
                {
                    held[0].MarkFaulty(new IOException("reset"));
                }

                held[0].Dispose();
                held.RemoveAt(0);
            }

            World.Run();
        }

        held.ForEach(lease => lease.Dispose());
        World.Advance(Seconds(10));
        foreach (var acquire in acquires)
        {
            Assert.True(acquire.IsCompleted, $"seed {seed}: an acquire was forgotten; {group.Snapshot()}");
            if (acquire.IsCompletedSuccessfully)
            {
                acquire.Result.Dispose();
            }
        }

        World.Run();
        Assert.True(group.Snapshot() is { Leased: 0, Waiting: 0 }, $"seed {seed}: {group.Snapshot()}");
        Assert.All(group.Members, member => Assert.Equal(0, member.Pool.Waiting));
    }

    [Fact]
    public void A_member_that_fails_is_tried_again_although_nobody_asks_it()
    {
        Member(A).Opens.Next(Refused, Refused);
        var group = Create(Both);
        Serve(group, 20);
        Assert.Equal(1, Member(A).Opens.Calls);

        World.Advance(Seconds(2));

        Assert.Equal(PoolHealth.Healthy, Of(group, A).Pool.Health);
        Assert.Equal(new Dictionary<string, int> { [A] = 10, [B] = 10 }, Serve(group, 20));
    }

    [Fact]
    public void When_all_members_fail_the_error_names_each_with_its_state()
    {
        Member(A).Opens.Always(Refused);
        Member(B).Opens.Always(StepPlan.Fail(new IOException("no route")));
        var group = Create(Both, options => options.Pool.UnavailableAfter = TimeSpan.Zero);

        var error = Failure<EndpointUnavailableException>(Begin(group));

        Assert.Contains("replica group 'replicas'", error.Message, StringComparison.Ordinal);
        Assert.Contains("a:1: Unavailable", error.Message, StringComparison.Ordinal);
        Assert.Contains("b:1: Unavailable", error.Message, StringComparison.Ordinal);
        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("no route", error.Message, StringComparison.Ordinal);
        Assert.IsType<AggregateException>(error.InnerException);
        Assert.Equal(2, group.Members.Count);
    }

    [Fact]
    public void Credentials_that_no_member_accepts_are_an_error_of_that_kind()
    {
        foreach (var member in Both)
        {
            Member(member).Opens.Always(StepPlan.Fail(new UnauthorizedAccessException("not you")));
            Member(member).Kinds = _ => OpenFailureKind.Credentials;
        }

        var error = Failure<ConnectFailedException>(Begin(Create(Both)));

        Assert.Equal(OpenFailureKind.Credentials, error.Kind);
    }

    [Fact]
    public void Members_that_only_begin_to_fail_are_waited_for()
    {
        Member(A).Opens.Next(Refused);
        Member(B).Opens.Next(Refused);
        var group = Create(Both);
        var acquire = Begin(group);
        Assert.False(acquire.IsCompleted);

        World.Advance(Seconds(2));

        Assert.True(acquire.IsCompletedSuccessfully);
        acquire.Result.Dispose();
    }

    [Fact]
    public void A_timeout_is_the_whole_wait_and_names_the_members()
    {
        Member(A).Opens.Always(StepPlan.HangDeaf);
        Member(B).Opens.Always(StepPlan.HangDeaf);
        var group = Create(Both);
        var acquire = Begin(group, new ReplicaRequest(Timeout: Seconds(1)));

        World.Advance(Ms(999));
        Assert.False(acquire.IsCompleted);
        World.Advance(Ms(1));

        var error = Failure<AcquireTimeoutException>(acquire);
        Assert.Contains("within 1.000 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("a:1: Healthy", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, group.Snapshot().TimedOut);
    }

    [Fact]
    public void Cancelling_during_the_walk_reports_cancellation_and_not_what_the_members_said()
    {
        Member(A).Opens.Always(Refused);
        Member(B).Opens.Always(StepPlan.HangDeaf);
        var group = Create(Both);
        using var cancellation = new CancellationTokenSource();
        var acquire = Begin(group, cancellationToken: cancellation.Token);
        World.Advance(Ms(150));

        cancellation.Cancel();
        World.Run();

        Assert.True(acquire.IsCanceled);
        Assert.Equal(cancellation.Token, Failure<OperationCanceledException>(acquire).CancellationToken);
        Assert.Equal(1, group.Snapshot().Cancelled);
        Assert.Equal(0, group.Snapshot().Waiting);
        Assert.All(group.Members, member => Assert.Equal(0, member.Pool.Waiting));
        Assert.True(group.AcquireAsync(cancellation.Token).IsCanceled);
    }

    [Fact]
    public void An_admin_shutdown_of_one_host_clears_that_host_only()
    {
        var group = CreateWarm(Both, options => options.Pool.MinSize = 3);
        Assert.Equal(3, Member(B).OpenedCount);
        Member(A).Opens.Always(Refused);

        foreach (var connection in Member(A).Open)
        {
            Member(A).Condemn(connection, new IOException("57P01: terminating connection due to administrator command"));
        }

        World.Run();

        Assert.Equal(3, Member(A).Closed.Count);
        Assert.Empty(Member(B).Closed);
        Assert.Equal(new Dictionary<string, int> { [B] = 20 }, Serve(group, 20));
        Assert.Null(Of(group, A).EjectedFor);
    }

    [Fact]
    public void TryAcquire_takes_what_is_idle_anywhere_and_never_waits()
    {
        Member(A).Opens.Always(StepPlan.HangDeaf);
        var group = CreateWarm(Both, options => options.Pool.MaxSize = 1);

        Assert.True(group.TryAcquire(out var lease));
        Assert.Equal(B, lease.Connection.Member);
        Assert.False(group.TryAcquire(out _));
        Assert.Contains("within 0.000 s", Failure<AcquireTimeoutException>(Begin(group, new ReplicaRequest(Timeout: TimeSpan.Zero))).Message, StringComparison.Ordinal);
        lease.Dispose();
        Assert.True(group.TryAcquire(out lease));
        lease.Dispose();
    }
}
