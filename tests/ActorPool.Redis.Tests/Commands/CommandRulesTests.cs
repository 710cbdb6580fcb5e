using ActorPool.Redis.Commands;

namespace ActorPool.Redis.Tests.Commands;

/// <summary>What a pool knows of commands: how long they may wait on purpose, and that most are passed on as they are.</summary>
public sealed class CommandRulesTests
{
    [Theory]
    [InlineData("BLPOP", 2_500, "queue", "2.5")]
    [InlineData("blpop", 0, "queue", "soon")]
    [InlineData("BLPOP", -1, "queue", "0")]
    [InlineData("BRPOPLPUSH", 1_000, "a", "b", "1")]
    [InlineData("BLMOVE", 1_000, "a", "b", "LEFT", "RIGHT", "1")]
    [InlineData("BLMPOP", 3_000, "3", "1", "key", "LEFT")]
    [InlineData("BZMPOP", -1, "0", "1", "key", "MIN")]
    [InlineData("WAIT", 1_500, "1", "1500")]
    [InlineData("XREAD", 700, "COUNT", "2", "block", "700", "STREAMS", "a", "0")]
    [InlineData("XREAD", 0, "STREAMS", "BLOCK", "5000")]
    [InlineData("XREADGROUP", -1, "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "a", ">")]
    public void A_blocking_command_says_it_itself(string command, int milliseconds, params string[] arguments)
    {
        RedisArgument[] given = [.. arguments.Select(argument => (RedisArgument)argument)];

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), CommandRules.BlockingTime(CommandRules.Check(command, given)!, given));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("JSON.GET")]
    [InlineData("CLUSTER")]
    public void Most_commands_have_no_rule(string command) => Assert.Null(CommandRules.Check(command, ["key"]));

    [Fact]
    public void A_container_is_judged_by_its_second_word_in_any_form()
    {
        Assert.Null(CommandRules.Check("CLIENT", []));
        Assert.Null(CommandRules.Check("client", ["list"]));
        Assert.Equal(CommandEffect.Name, CommandRules.Check("client", ["SetName", "x"])!.Effect);
        Assert.Throws<NotSupportedException>(() => CommandRules.Check("CLIENT", ["REPLY"u8.ToArray(), "OFF"]));
    }
}
