using System.Collections.Frozen;
using ActorPool.Redis.Errors;

namespace ActorPool.Redis.Commands;

/// <summary>The commands that a pool has to know about; all others are passed on as they are.</summary>
static class CommandRules
{
    const string Messages = "messages would come unasked, to whoever holds the connection next; subscribe on a connection outside the pool";
    const string Login = "the login and the protocol belong to the connection's options, and to its next holder";
    const string Stream = "the connection would become a stream of messages for good";
    const string Silence = "replies and commands would no longer belong together";

    static readonly CommandRule Container = new(CommandEffect.None);

    static readonly FrozenDictionary<string, CommandRule> Rules = new Dictionary<string, CommandRule>(StringComparer.OrdinalIgnoreCase)
    {
        ["SUBSCRIBE"] = Refused(Messages),
        ["PSUBSCRIBE"] = Refused(Messages),
        ["SSUBSCRIBE"] = Refused(Messages),
        ["UNSUBSCRIBE"] = Refused(Messages),
        ["PUNSUBSCRIBE"] = Refused(Messages),
        ["SUNSUBSCRIBE"] = Refused(Messages),
        ["MONITOR"] = Refused(Stream),
        ["SYNC"] = Refused(Stream),
        ["PSYNC"] = Refused(Stream),
        ["HELLO"] = Refused(Login),
        ["AUTH"] = Refused(Login),
        ["RESET"] = Refused("it would log the connection out; what its holder leaves behind is cleared when it is returned"),
        ["QUIT"] = Refused("the pool closes connections; to have one closed, mark its lease faulty"),
        ["CLIENT"] = Container,
        ["CLIENT REPLY"] = Refused(Silence),
        ["CLIENT SETNAME"] = new(CommandEffect.Name),
        ["CLIENT TRACKING"] = new(CommandEffect.Lasting),
        ["CLIENT CACHING"] = new(CommandEffect.Lasting),
        ["CLIENT NO-EVICT"] = new(CommandEffect.Lasting),
        ["CLIENT NO-TOUCH"] = new(CommandEffect.Lasting),
        ["SCRIPT"] = Container,
        ["SCRIPT DEBUG"] = Refused("the connection would become a debugger's"),
        ["READONLY"] = new(CommandEffect.Lasting),
        ["READWRITE"] = new(CommandEffect.Lasting),
        ["ASKING"] = new(CommandEffect.Lasting),
        ["MULTI"] = new(CommandEffect.Multi),
        ["EXEC"] = new(CommandEffect.Exec),
        ["DISCARD"] = new(CommandEffect.Exec),
        ["WATCH"] = new(CommandEffect.Watch),
        ["UNWATCH"] = new(CommandEffect.Unwatch),
        ["SELECT"] = new(CommandEffect.Select),
        ["BLPOP"] = Blocks(BlockingForm.LastInSeconds),
        ["BRPOP"] = Blocks(BlockingForm.LastInSeconds),
        ["BRPOPLPUSH"] = Blocks(BlockingForm.LastInSeconds),
        ["BLMOVE"] = Blocks(BlockingForm.LastInSeconds),
        ["BZPOPMIN"] = Blocks(BlockingForm.LastInSeconds),
        ["BZPOPMAX"] = Blocks(BlockingForm.LastInSeconds),
        ["BLMPOP"] = Blocks(BlockingForm.FirstInSeconds),
        ["BZMPOP"] = Blocks(BlockingForm.FirstInSeconds),
        ["WAIT"] = Blocks(BlockingForm.LastInMilliseconds),
        ["WAITAOF"] = Blocks(BlockingForm.LastInMilliseconds),
        ["XREAD"] = Blocks(BlockingForm.AfterBlock),
        ["XREADGROUP"] = Blocks(BlockingForm.AfterBlock),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is particular about a command; null for nothing.</summary>
    /// <exception cref="ArgumentException">The command is no word.</exception>
    /// <exception cref="NotSupportedException">It is refused.</exception>
    public static CommandRule? Check(string command, ReadOnlySpan<RedisArgument> arguments)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Length == 0 || command.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            throw RedisErrors.NotOneWord();
        }

        if (!Rules.TryGetValue(command, out var rule))
        {
            return null;
        }

        if (ReferenceEquals(rule, Container))
        {
            if (arguments.IsEmpty || !Rules.TryGetValue($"{command} {arguments[0].ToWord()}", out rule))
            {
                return null;
            }

            command = $"{command} {arguments[0].ToWord()}";
        }

        return rule.Effect == CommandEffect.Refused ? throw RedisErrors.Refused(command.ToUpperInvariant(), rule.Why) : rule;
    }

    /// <summary>For how long a command may keep its caller waiting; zero if it answers at once.</summary>
    public static TimeSpan BlockingTime(CommandRule rule, ReadOnlySpan<RedisArgument> arguments)
    {
        var argument = rule.Blocking switch
        {
            BlockingForm.None => -1,
            BlockingForm.FirstInSeconds => 0,
            BlockingForm.AfterBlock => WordAfterBlock(arguments),
            _ => arguments.Length - 1,
        };
        if (argument < 0 || argument >= arguments.Length || arguments[argument].ToNumber() is not { } number || !(number >= 0))
        {
            return TimeSpan.Zero;
        }

        var milliseconds = rule.Blocking is BlockingForm.FirstInSeconds or BlockingForm.LastInSeconds ? 1000 * number : number;
        return number == 0 || milliseconds >= int.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
    }

    static int WordAfterBlock(ReadOnlySpan<RedisArgument> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var word = arguments[i].ToWord();
            if (word == "BLOCK")
            {
                return i + 1;
            }

            if (word == "STREAMS")
            {
                // keys follow, which may be called anything
                return -1;
            }
        }

        return -1;
    }

    static CommandRule Refused(string why) => new(CommandEffect.Refused, why);

    static CommandRule Blocks(BlockingForm form) => new(CommandEffect.None, Blocking: form);
}
