using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Tests.Configuration;

public sealed class PoolOptionTableTests
{
    [Theory]
    [InlineData("max-size")]
    [InlineData("MaxSize")]
    [InlineData("maxSize")]
    [InlineData("MAXSIZE")]
    [InlineData("max_size")]
    public void An_option_is_known_in_every_spelling(string key) => Assert.Equal(8, Read((key, "8")).MaxSize);

    [Theory]
    [InlineData("15s", 15_000)]
    [InlineData("100ms", 100)]
    [InlineData("5 m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("0.5s", 500)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("infinite", -1)]
    [InlineData("00:00:15", 15_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("-00:00:00.0010000", -1)]
    public void A_time_has_a_unit_or_is_written_as_in_NET(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Read(("acquire-timeout", text)).AcquireTimeout);

    [Fact]
    public void What_is_not_given_keeps_its_value()
    {
        var options = new PoolOptions { MaxSize = 7, Retry = { MaxAttempts = 4 } };

        Read(options, ("retry:delay", "2s"), ("min-size", "2"));

        Assert.Equal((2, 7, 4, 2), (options.MinSize, options.MaxSize, options.Retry.MaxAttempts, options.Retry.Delay.Seconds));
    }

    [Theory]
    [InlineData("max-sise", "8", "p:max-sise is no option of a pool; did you mean max-size?")]
    [InlineData("reconnect-backoff:maxx", "8s", "p:reconnect-backoff:maxx is no option of reconnect-backoff; did you mean max?")]
    [InlineData("acquire-timeout", "15 parsecs", "p:acquire-timeout is \"15 parsecs\": a time such as 15s, 100ms, 5m or infinite is expected")]
    [InlineData("acquire-timeout", "15", "p:acquire-timeout is \"15\": a time needs a unit: 15s, 15ms, 15m …")]
    [InlineData("max-size", "many", "p:max-size is \"many\": a whole number is expected")]
    [InlineData("max-size", "", "p:max-size is empty: a whole number is expected")]
    [InlineData("max-size", "0", "p:max-size is 0, must be 1 to 1000000")]
    [InlineData("min-size", "17", "p:min-size (17) is above max-size (16)")]
    [InlineData("connect-timeout", "2d", "p:connect-timeout is 2d, must be 1ms to 1d, or infinite")]
    [InlineData("when-exhausted", "wayt", "p:when-exhausted is \"wayt\": wait, throw or open-transient is expected")]
    [InlineData("capture-stacks", "maybe", "p:capture-stacks is \"maybe\": true or false is expected")]
    [InlineData("retry", "3", "p:retry is \"3\": an object with the options of retry is expected")]
    [InlineData("max-size:a", "3", "p:max-size is an object or a list: a whole number is expected")]
    [InlineData("retry:delay", "11s", "p:retry:delay (11s) is above retry.max-delay (10s)")]
    public void What_makes_no_sense_is_answered_with_one_line(string key, string value, string line)
    {
        var problems = new ConfigurationProblems(Configuration());

        Read(Configuration((key, value)).GetSection("p"), new PoolOptions(), problems);

        Assert.Equal([line], problems.All.Select(problem => problem.ToString()));
    }

    static void Read(IConfigurationSection section, PoolOptions options, ConfigurationProblems problems)
    {
        var reading = new OptionReading(problems);
        PoolOptionTable.Table.Read(section, options, reading);
        OptionRules.Add(options.FindProblems(), reading, section.Path);
    }

    static PoolOptions Read(params (string Key, string? Value)[] values) => Read(new PoolOptions(), values);

    static PoolOptions Read(PoolOptions options, params (string Key, string? Value)[] values)
    {
        var configuration = Configuration(values);
        var problems = new ConfigurationProblems(configuration);
        Read(configuration.GetSection("p"), options, problems);
        problems.ThrowIfAny();
        return options;
    }

    static IConfigurationRoot Configuration(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create("p:" + value.Key, value.Value)))
        .Build();
}
