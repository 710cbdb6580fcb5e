using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace ActorPool.Tests.Retries;

/// <summary>Retry options: their defaults, their ranges, and those that come ready.</summary>
public sealed class RetryOptionsTests : RetryTest
{
    static readonly Dictionary<string, Action<RetryOptions>> Wrong = new()
    {
        ["MaxAttempts is 0, must be at least 1 (the first attempt counts)"] = options => options.MaxAttempts = 0,
        ["MaxAttempts is -1, must be at least 1 (the first attempt counts)"] = options => options.MaxAttempts = -1,
        ["Backoff is 9, must be one of Fixed, Exponential, FullJitter, EqualJitter, DecorrelatedJitter"] =
            options => options.Backoff = (RetryBackoff)9,
        ["Delay is -00:00:01, must be 00:00:00 to 1.00:00:00"] = options => options.Delay = Seconds(-1),
        ["Delay (00:00:11) is above MaxDelay (00:00:10)"] = options => options.Delay = Seconds(11),
        ["MaxDelay is 1.00:00:00.0010000, must be 00:00:00 to 1.00:00:00"] = options => options.MaxDelay = TimeSpan.FromDays(1) + Ms(1),
        ["RetryOnTypes has types that are no exceptions (System.String, null)"] = options =>
        {
            options.RetryOnTypes.Add(typeof(string));
            options.RetryOnTypes.Add(typeof(IOException));
            options.RetryOnTypes.Add(null!);
        },
        ["RetryLogLevel is 7, must be one of Trace, Debug, Information, Warning, Error, Critical, None"] =
            options => options.RetryLogLevel = (LogLevel)7,
        ["ExhaustedLogLevel is -1, must be one of Trace, Debug, Information, Warning, Error, Critical, None"] =
            options => options.ExhaustedLogLevel = (LogLevel)(-1),
    };

    public static TheoryData<string> Problems => new(Wrong.Keys);

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_broken_rule_is_told_with_the_options_name_its_value_and_its_range(string problem)
    {
        var options = new RetryOptions();
        Wrong[problem](options);

        var error = Refused(options);

        Assert.Equal($"The retry options cannot be used: {problem}. (Parameter 'options')", error.Message);
    }

    [Fact]
    public void All_problems_are_told_together()
    {
        var options = new RetryOptions { MaxAttempts = 0, Delay = Seconds(-1), Backoff = (RetryBackoff)9 };

        Assert.Equal(2, Refused(options).Message.Count(letter => letter == ';'));
    }

    [Fact]
    public void The_ends_of_every_range_are_allowed()
    {
        var pool = Create();
        foreach (var delay in new[] { TimeSpan.Zero, TimeSpan.FromDays(1) })
        {
            var options = new RetryOptions { MaxAttempts = RetryOptions.Unlimited, Delay = delay, MaxDelay = delay, RetryLogLevel = LogLevel.None };
            Assert.Equal(1, Use(pool, options, _ => null).Result);
        }
    }

    [Fact]
    public void Boto3s_default_makes_five_attempts_with_doubling_waits_from_one_second()
    {
        var options = RetryOptions.BotocoreLegacy;
        Assert.NotSame(options, RetryOptions.BotocoreLegacy);
        options.OnFailure = Failures.Add;

        var use = Fail(Create(), options, Broken);
        World.Advance(Seconds(15));

        Assert.Equal(5, Failure<RetryExhaustedException>(use).Attempts);
        Assert.All(Failures.SkipLast(1), failure => Assert.InRange(failure.Delay!.Value, TimeSpan.Zero, Seconds(1 << (failure.Attempt - 1))));
    }

    [Fact]
    public void Boto3s_standard_mode_makes_three_attempts_on_a_budget_of_its_own()
    {
        var options = RetryOptions.BotocoreStandard;

        var use = Fail(Create(), options, Broken);
        World.Advance(Seconds(3));

        Assert.Equal(3, Failure<RetryExhaustedException>(use).Attempts);
        Assert.Equal(490, options.Budget!.Available);
        Assert.NotSame(options.Budget, RetryOptions.BotocoreStandard.Budget);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Redis_pys_way_is_once_more_after_a_lost_connection_but_not_after_a_timeout(bool isLost, int attempts)
    {
        var use = Fail(Create(), RetryOptions.OnceOnConnectionError, new SocketException((int)(isLost ? SocketError.ConnectionReset : SocketError.TimedOut)));

        Failure<Exception>(use);
        Assert.Equal(attempts, Calls.Count);
        Assert.All(Calls, call => Assert.Equal(0, call.AtMs));
    }

    [Fact]
    public void Geventconnpools_way_is_for_ever_without_a_pause()
    {
        var pool = Create();
        var use = Use(pool, RetryOptions.UntilItSucceeds, attempt => attempt <= 1_000 ? new SocketException() : null);

        Assert.Equal(1_001, use.Result);
        Assert.All(Calls, call => Assert.Equal(0, call.AtMs));

        Failure<FormatException>(Fail(pool, RetryOptions.UntilItSucceeds, new FormatException()));
    }

    ArgumentException Refused(RetryOptions options)
    {
        var pool = Create();
        return Assert.Throws<ArgumentException>(() => { _ = pool.UseAsync(static (_, _) => ValueTask.FromResult(1), options); });
    }
}
