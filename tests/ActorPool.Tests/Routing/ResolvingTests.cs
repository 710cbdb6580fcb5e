using System.Net;
using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>A name's addresses are the members, as they are now.</summary>
public sealed class ResolvingTests : ReplicaGroupTest
{
    const string One = "10.0.0.1:5432";
    const string Two = "10.0.0.2:5432";
    const string Three = "10.0.0.3:5432";

    readonly List<(string Name, string Address)> _made = [];
    Func<string, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> _resolve = Answer("10.0.0.1", "10.0.0.2");

    [Fact]
    public void Each_address_is_a_member_which_knows_its_name()
    {
        var group = CreateResolving(["db.internal:5432"]);

        Assert.Equal(2, Serve(group, 20).Count);
        Assert.All(group.Members, member => Assert.Equal("db.internal", member.Endpoint.Name.Host));
        Assert.Equal([One, Two], group.Members.Select(member => member.Endpoint.Address.ToString()));
        Assert.Equal("replicas@10.0.0.1:5432", group.Members[0].Pool.Name);
    }

    [Fact]
    public void New_addresses_come_in_and_removed_ones_are_drained_while_their_leases_finish()
    {
        var group = CreateResolving(["db.internal:5432"], options => options.ResolveInterval = Seconds(30));
        var leases = Enumerable.Range(0, 4).Select(_ => Acquire(group)).ToList();
        var old = leases.First(lease => lease.Connection.Member == One);
        leases.Where(lease => lease != old).ToList().ForEach(lease => lease.Dispose());
        _resolve = Answer("10.0.0.2", "10.0.0.3");

        World.Advance(Seconds(29.9));
        Assert.Contains(One, Serve(group, 20).Keys);
        World.Advance(Seconds(0.1));

        Assert.Equal([Two, Three], Serve(group, 20).Keys.Order());
        Assert.True(old.IsActive);
        Assert.True(Of(group, One).IsLeaving);
        Assert.Equal(1, group.Snapshot().Leased);
        old.Dispose();
        World.Run();
        Assert.DoesNotContain(Member(One).Open, connection => connection == old.Connection);
    }

    [Fact]
    public void Members_that_come_later_have_the_options_of_the_last_reconfiguration()
    {
        var group = CreateResolving(["db.internal:5432"], options =>
        {
            options.ResolveInterval = Seconds(30);
            options.Configure = (_, pool) => pool.MaxWaiters = 7;
        });
        _ = group.ReconfigureAsync(new PoolOptions { Name = "another", MaxSize = 3, AcquireTimeout = Seconds(1), MaxWaiters = 9 });
        World.Run();
        Assert.All(group.Members, member => Assert.Equal(3, member.Pool.MaxSize));
        _resolve = Answer("10.0.0.3");

        World.Advance(Seconds(30));

        Assert.Equal(3, Of(group, Three).Pool.MaxSize);
        Assert.StartsWith($"{group.Name}@", Of(group, Three).Pool.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_were_being_made_when_the_group_was_reconfigured_have_its_options_too()
    {
        _resolve = (name, _) => Answer(name == "x" ? "10.0.0.1" : "10.0.0.2")(name, default);
        var group = CreateResolving(["x:5432", "y:5432"]);
        var slow = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        _resolve = (name, _) => name == "x" ? Answer("10.0.0.3")(name, default) : new(slow.Task);
        World.Advance(Seconds(30));
        Assert.Equal("10.0.0.3", _made[^1].Address);

        _ = group.ReconfigureAsync(new PoolOptions { MaxSize = 3 });
        World.Run();
        slow.SetResult([IPAddress.Parse("10.0.0.2")]);

        // The lookup goes on on another thread.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                World.Run();
                return group.Members.Any(member => member.Endpoint.Address.ToString() == Three && member.Pool.MaxSize == 3);
            },
            TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_reconfiguration_that_the_members_would_refuse_leaves_those_that_come_later_alone()
    {
        var group = CreateResolving(["db.internal:5432"]);

        Failure<ArgumentException>(group.ReconfigureAsync(new PoolOptions { MaxSize = 3, Budget = new ConnectionBudget(1, World.Runtime) }));
        _resolve = Answer("10.0.0.3");
        World.Advance(Seconds(30));

        Assert.Equal(new PoolOptions().MaxSize, Of(group, Three).Pool.MaxSize);
        Acquire(group).Dispose();
    }

    [Fact]
    public void An_answer_that_cannot_be_read_is_a_lookup_that_failed()
    {
        var group = CreateResolving(["db.internal:5432"]);
        _resolve = (_, _) => ValueTask.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse("10.0.0.3"), null!]);

        World.Advance(Seconds(30));
        Assert.Equal(2, Serve(group, 10).Count);
        _resolve = Answer("10.0.0.3");
        World.Advance(Seconds(30));

        Assert.Equal([Three], Serve(group, 10).Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void A_lease_of_a_member_that_has_left_can_be_returned_by_message(int secondsLater)
    {
        var group = CreateResolving(["db.internal:5432"], options => options.ResolveInterval = Seconds(30));
        var leases = Enumerable.Range(0, 2).Select(_ => Acquire(group)).ToList();
        _resolve = Answer("10.0.0.2");
        World.Advance(Seconds(30));

        World.Advance(Seconds(secondsLater));
        leases.ForEach(lease => group.Ref.Tell(new ReleaseLease<ReplicaConnection>(lease)));
        World.Run();

        Assert.All(leases, lease => Assert.False(lease.IsActive));
        Assert.Single(group.Members);
        Assert.Empty(Member(One).Open);
    }

    [Fact]
    public void A_lookup_that_fails_or_finds_nothing_keeps_the_members()
    {
        var group = CreateResolving(["db.internal:5432"]);
        Serve(group, 10);

        _resolve = (_, _) => throw new IOException("SERVFAIL");
        World.Advance(Seconds(30));
        Assert.Equal(2, Serve(group, 10).Count);
        _resolve = Answer();
        World.Advance(Seconds(30));
        Assert.Equal(2, Serve(group, 10).Count);

        Assert.Empty(Member(One).Closed);
    }

    [Fact]
    public void One_name_that_is_not_found_does_not_cost_another_its_members()
    {
        _resolve = (name, _) => Answer(name == "x" ? "10.0.0.1" : "10.0.0.2")(name, default);
        var group = CreateResolving(["x:5432", "y:5432"]);
        _resolve = (name, _) => name == "x" ? throw new IOException("SERVFAIL") : Answer("10.0.0.3")(name, default);

        World.Advance(Seconds(30));

        Assert.Equal([One, Three], Serve(group, 20).Keys.Order());
    }

    [Fact]
    public void Acquires_wait_for_the_first_answer()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        _resolve = (_, _) => new ValueTask<IReadOnlyList<IPAddress>>(answer.Task);
        var group = CreateResolving(["db.internal:5432"]);
        var acquire = Begin(group);
        Assert.False(group.TryAcquire(out _));
        Assert.False(acquire.IsCompleted);

        World.Dispatcher.Execute(new Work(() => answer.SetResult([IPAddress.Parse("10.0.0.1")])));
        World.Run();

        Assert.True(acquire.IsCompletedSuccessfully);
        acquire.Result.Dispose();
    }

    [Fact]
    public void As_long_as_no_address_was_found_the_name_is_asked_for_every_second_and_the_error_says_why()
    {
        _resolve = (_, _) => throw new IOException("SERVFAIL");
        var group = CreateResolving(["db.internal:5432"]);
        var first = Begin(group, new ReplicaRequest(Timeout: Ms(500)));
        World.Advance(Ms(500));
        Assert.Contains("SERVFAIL", Failure<AcquireTimeoutException>(first).Message, StringComparison.Ordinal);
        Assert.Equal(PoolHealth.Failing, group.Snapshot().Health);

        var second = Begin(group);
        _resolve = Answer("10.0.0.1");
        World.Advance(Ms(500));

        Assert.True(second.IsCompletedSuccessfully);
        second.Result.Dispose();
    }

    [Fact]
    public void A_lookup_that_hangs_is_given_up_and_tried_again()
    {
        var group = CreateResolving(["db.internal:5432"]);
        var hung = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        _resolve = (_, _) => new ValueTask<IReadOnlyList<IPAddress>>(hung.Task);
        World.Advance(Seconds(30));
        _resolve = Answer("10.0.0.3");

        World.Advance(Seconds(5));
        Assert.Equal(2, Serve(group, 10).Count);
        World.Advance(Seconds(30));

        Assert.Equal([Three], Serve(group, 10).Keys);
    }

    [Fact]
    public void An_address_among_the_endpoints_is_not_looked_up()
    {
        _resolve = (name, _) => throw new InvalidOperationException($"'{name}' was looked up");
        var group = CreateResolving([One, Two]);

        Assert.Equal(2, Serve(group, 20).Count);
    }

    [Fact]
    public void The_same_address_under_two_names_is_one_member()
    {
        _resolve = Answer("10.0.0.1");
        var group = CreateResolving(["x:5432", "y:5432"]);

        Assert.Single(group.Members);
    }

    [Fact]
    public void What_members_that_are_gone_had_counted_still_counts()
    {
        var group = CreateResolving(["db.internal:5432"]);
        Serve(group, 20);
        Move("10.0.0.3");
        Assert.Equal(20, group.Snapshot().Acquired);
        Assert.Equal(2, group.Snapshot().Opened);
        Assert.Equal(2, group.Snapshot().Closed[CloseReason.PoolClosed]);

        Serve(group, 10);
        Move("10.0.0.4");
        Assert.Equal(30, group.Snapshot().Acquired);
        Assert.Equal(3, group.Snapshot().Closed[CloseReason.PoolClosed]);

        void Move(string address)
        {
            _resolve = Answer(address);
            World.Advance(Seconds(30));

            // The drain ends on another thread.
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    World.Run();
                    return group.Members.Count == 1;
                },
                TimeSpan.FromSeconds(30)));
        }
    }

    ReplicaGroup<ReplicaConnection> CreateResolving(
        string[] endpoints, Action<ReplicaGroupOptions<ReplicaConnection>>? configure = null) =>
        Create(endpoints, options =>
        {
            options.ResolveNames = true;
            options.Resolver = (name, cancellationToken) => _resolve(name, cancellationToken);
            options.Configure = (target, _) => _made.Add((target.Name.Host, target.Address.Host));
            configure?.Invoke(options);
        });

    static Func<string, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> Answer(params string[] addresses) =>
        (_, _) => ValueTask.FromResult<IReadOnlyList<IPAddress>>(Array.ConvertAll(addresses, IPAddress.Parse));

    sealed class Work(Action run) : IThreadPoolWorkItem
    {
        public void Execute() => run();
    }
}
