using System.Net.Sockets;
using ActorPool.TestKit;
using ActorPool.Tests.Net;
using Microsoft.Extensions.Logging;

namespace ActorPool.Tests.Seeds;

// Its retry decorator.
public sealed partial class GeventConnpoolTests
{
    [Fact]
    public void By_default_a_call_is_repeated_for_ever_and_at_once_and_other_errors_pass()
    {
        var pool = Create();

        var use = Use(pool, RetryOptions.UntilItSucceeds, attempt => attempt <= 100 ? new SocketException() : null);
        Assert.Equal(101, use.Result);
        Assert.Equal(0, NowMs);

        Failure<FormatException>(Fail(pool, RetryOptions.UntilItSucceeds, new FormatException()));
        Assert.Equal(102, Calls.Count);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(5, 6)]
    [InlineData(0, 1)]
    public void So_many_failures_allowed_are_one_call_more(int maxFailures, int calls)
    {
        var use = Fail(Create(), Options(maxAttempts: maxFailures + 1, delayMs: 0), new SocketException());

        Failure<Exception>(use);
        Assert.Equal(calls, Calls.Count);
    }

    [Fact]
    public void There_is_an_interval_after_every_failure_but_the_last()
    {
        var use = Fail(Create(), Options(maxAttempts: 3, delayMs: 200), new SocketException());

        World.Advance(Ms(399));
        Assert.False(use.IsCompleted);
        World.Advance(Ms(1));

        Assert.Equal(3, Failure<RetryExhaustedException>(use).Attempts);
        Assert.Equal([0, 200, 400], Calls.Select(call => call.AtMs));
    }

    [Fact]
    public void One_retry_object_serves_many_calls_and_many_pools()
    {
        var options = Options(maxAttempts: 2, delayMs: 0);

        Failure<RetryExhaustedException>(Fail(Create(), options, Broken));
        Connector = ScriptedConnection.Connector();
        var other = Create();
        Failure<RetryExhaustedException>(Fail(other, options, Broken));
        Failure<RetryExhaustedException>(Fail(other, options, Broken));

        Assert.Equal(6, Calls.Count);
    }

    [Fact]
    public void Each_retry_is_a_line_of_its_own_level_and_so_is_the_end()
    {
        using var logger = new ListLogger();
        var world = new VirtualRuntime(1, logger);
        var pool = ConnectionPool.Create(Connector, new PoolOptions { Name = "imap" }, world.Runtime);
        var options = Options(maxAttempts: 3, delayMs: 0);
        (options.RetryLogLevel, options.ExhaustedLogLevel) = (LogLevel.Debug, LogLevel.Warning);

        var use = pool.UseAsync((_, _) => throw new IOException("gone"), options).AsTask();
        world.Run();
        Failure<RetryExhaustedException>(use);

        Assert.Equal(
            [(LogLevel.Debug, 500), (LogLevel.Debug, 500), (LogLevel.Warning, 501)],
            logger.Entries.Where(entry => entry.Id.Id is 500 or 501).Select(entry => (entry.Level, entry.Id.Id)));
        _ = pool.DrainAsync(TimeSpan.Zero);
        world.Advance(Seconds(60));
    }

    [Fact]
    public void Each_attempt_takes_another_connection_since_the_failed_one_is_gone()
    {
        var use = Fail(Create(options => (options.MinSize, options.MaxSize) = (3, 3)), Options(maxAttempts: 3, delayMs: 0), Broken);

        Failure<RetryExhaustedException>(use);
        Assert.Equal(3, Calls.Select(call => call.ConnectionId).Distinct().Count());
    }
}
