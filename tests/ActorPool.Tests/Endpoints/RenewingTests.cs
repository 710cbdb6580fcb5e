using System.Globalization;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Planned retirement: for age, credentials, options; the successor first.</summary>
public sealed class RenewingTests : VirtualPoolTest
{
    [Fact]
    public void At_the_minimum_a_connections_successor_is_open_before_its_lifetime_ends()
    {
        Connector.Opens.Always(StepPlan.After(Seconds(1)));
        var pool = Create(options =>
        {
            options.MinSize = 2;
            options.MaxSize = 4;
            options.MaxLifetime = Seconds(100);
            options.KeepaliveInterval = Timeout.InfiniteTimeSpan;
        });
        World.Advance(Seconds(1));
        Assert.Equal(2, pool.Snapshot().Idle);

        for (var second = 0; second < 300; second++)
        {
            World.Advance(Seconds(1));
            Assert.True(pool.Snapshot().Idle >= 2, $"after {second} s: {pool.Snapshot()}");
        }

        Assert.True(Connector.Closed.Count >= 4);
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.MaxLifetime, closed.Reason));
    }

    [Fact]
    public void At_the_maximum_the_old_connection_goes_first()
    {
        var pool = Create(options =>
        {
            options.MinSize = 1;
            options.MaxSize = 1;
            options.MaxLifetime = Seconds(100);
        });

        World.Advance(Seconds(150));

        Assert.Equal((1, 2, 1), (pool.Snapshot().Idle, Connector.OpenedCount, Connector.SizeMax));
    }

    [Fact]
    public void A_reconfigured_pool_replaces_what_was_opened_before_without_a_dip()
    {
        Connector.Opens.Next(StepPlan.Succeed, StepPlan.Succeed);
        var pool = Create(options => { options.MinSize = 2; options.MaxSize = 3; });
        using var lease = Acquire(pool);
        Connector.Opens.Always(StepPlan.After(Seconds(1)));

        var after = Done(pool.ReconfigureAsync(Options(options => { options.MinSize = 2; options.MaxSize = 3; options.IdleTimeout = Seconds(7); })));
        Assert.Equal((1, 2), (after.Generation, after.Stale));

        for (var step = 0; step < 40; step++)
        {
            World.Advance(Ms(100));
            var now = pool.Snapshot();
            Assert.True(now.Idle + now.Leased >= 2, $"{now}");
        }

        Assert.True(lease.IsActive);
        lease.Dispose();
        World.Advance(Seconds(2));
        Assert.Equal((2, 0), (pool.Snapshot().Idle, pool.Snapshot().Stale));
        Assert.Equal([1L, 2L], Connector.Closed.Select(closed => closed.Connection.Id).Order());
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Reconfigured, closed.Reason));
    }

    [Fact]
    public void An_always_full_pool_that_is_reconfigured_breaks_first_a_few_at_a_time()
    {
        var pool = Create(options => { options.MinSize = 6; options.MaxSize = 6; options.MaxConcurrentConnects = 2; });
        Connector.Opens.Always(StepPlan.After(Seconds(1)));

        Done(pool.ReconfigureAsync(Options(options => { options.MinSize = 6; options.MaxSize = 6; options.MaxConcurrentConnects = 2; })));
        for (var step = 0; step < 50; step++)
        {
            Assert.True(pool.Snapshot().Idle >= 4, $"{pool.Snapshot()}");
            World.Advance(Ms(100));
        }

        Assert.Equal((6, 0, 6), (pool.Snapshot().Idle, pool.Snapshot().Stale, Connector.SizeMax));
        Assert.Equal(6, Connector.Closed.Count);
    }

    [Fact]
    public void Old_connections_stay_as_long_as_no_successor_can_be_opened()
    {
        var pool = Create(options => { options.MinSize = 2; options.MaxSize = 4; });
        Connector.Opens.Always(StepPlan.Fail(new IOException("refused")));

        Done(pool.ReconfigureAsync(Options(options => { options.MinSize = 2; options.MaxSize = 4; options.UnavailableAfter = Timeout.InfiniteTimeSpan; })));
        World.Advance(Seconds(10));

        Assert.Equal(2, pool.Snapshot().Idle);
        Acquire(pool).Dispose();
        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Seconds(60));
        Assert.Equal((2, 0), (pool.Snapshot().Idle, pool.Snapshot().Stale));
    }

    [Fact]
    public void Every_open_gets_the_endpoint_and_the_credentials()
    {
        OpenContext? seen = null;
        Connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            seen = context;
            return new ScriptedConnection(context.ConnectionId);
        });
        var pool = Create(options =>
        {
            options.Endpoint = Endpoint.Parse("DB.internal:5432/orders");
            options.Credentials = CredentialProvider.Fixed("app", "s3cret");
        });

        Acquire(pool).Dispose();

        Assert.Equal("db.internal:5432/orders", seen!.Endpoint!.ToString());
        Assert.Equal(("app", "s3cret"), (seen.Credentials!.UserName, seen.Credentials.Secret));
        Assert.DoesNotContain("s3cret", $"{seen.Credentials} {pool.Snapshot().ToReport()}", StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_that_change_retire_the_connections_opened_with_the_old_ones()
    {
        var password = 1;
        var asked = 0;
        var pool = Create(options =>
        {
            options.MinSize = 2;
            options.MaxSize = 4;
            options.Credentials = CredentialProvider.Create((_, _) =>
            {
                asked++;
                return ValueTask.FromResult(new Credentials("app", password.ToString(CultureInfo.InvariantCulture), World.Time.GetUtcNow() + Seconds(60)));
            });
        });
        using var lease = Acquire(pool);
        Assert.Equal(1, asked);

        password = 2;
        World.Advance(Seconds(61));

        Assert.True(lease.IsActive);
        lease.Dispose();
        World.Run();
        Assert.Equal([CloseReason.CredentialsChanged], Connector.Closed.Select(closed => closed.Reason).Distinct());
        Assert.Equal((2, 0), (pool.Snapshot().Idle, pool.Snapshot().Stale));
        Assert.All(Connector.Open, connection => Assert.True(connection.Id > 2));
    }

    [Fact]
    public void Credentials_that_are_asked_for_again_and_are_the_same_change_nothing()
    {
        var pool = Create(options =>
        {
            options.MinSize = 2;
            options.Credentials = CredentialProvider.Create((_, _) => ValueTask.FromResult(
                new Credentials("app", "same", World.Time.GetUtcNow() + Seconds(5))));
        });

        World.Advance(Seconds(60));
        Done(pool.RenewCredentialsAsync());

        Assert.Empty(Connector.Closed);
    }

    [Fact]
    public void A_provider_that_fails_is_a_failed_open_and_is_asked_again()
    {
        var fails = true;
        var pool = Create(options => options.Credentials = CredentialProvider.Create((_, _) => fails
            ? throw new IOException("vault sealed")
            : ValueTask.FromResult(new Credentials("app", "s3cret"))));
        var waiter = BeginAcquire(pool);
        Assert.Equal("IOException: vault sealed", pool.Snapshot().LastOpenError);

        fails = false;
        World.Advance(Seconds(1));

        waiter.Result.Dispose();
    }

    [Fact]
    public void Lifetimes_are_spread_evenly()
    {
        var pool = Create(options =>
        {
            options.MinSize = 20;
            options.MaxSize = 20;
            options.MaxConcurrentConnects = 20;
            options.MaxLifetime = Seconds(1000);
            options.LifetimeJitter = 0.5;
            options.KeepaliveInterval = Timeout.InfiniteTimeSpan;
        });
        var closedInTheLast50s = new List<int>();

        for (var (window, before) = (0, 0); window < 20; window++)
        {
            World.Advance(Seconds(50));
            closedInTheLast50s.Add(Connector.Closed.Count(closed => closed.Connection.Id <= 20) - before);
            before += closedInTheLast50s[^1];
        }

        // Twenty connections over 500 s: two in every 50 s, give or take one.
        Assert.All(closedInTheLast50s.Skip(10), count => Assert.InRange(count, 1, 3));
        Assert.Equal(20, closedInTheLast50s.Sum());
        _ = pool;
    }

    static PoolOptions Options(Action<PoolOptions> configure)
    {
        var options = new PoolOptions { Name = "test", LifetimeJitter = 0, ReconnectBackoff = { Jitter = false } };
        configure(options);
        return options;
    }
}
