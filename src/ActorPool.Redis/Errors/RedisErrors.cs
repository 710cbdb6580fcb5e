using System.Globalization;

namespace ActorPool.Redis.Errors;

#pragma warning disable CA2208, MA0015 // the parameters named here are those of the public members that throw

/// <summary>What this project says when something fails; each fits one line and repeats no secret.</summary>
static class RedisErrors
{
    // what came is not the protocol

    public static RedisProtocolException NoReply(byte first) => new(
        $"This is not the Redis protocol: no reply begins with {Show(first)}.{(first is 0x15 or 0x16 ? " The server speaks TLS: use rediss://." : "")}");

    public static RedisProtocolException BadValue(byte type) => new($"This is not the Redis protocol: the value of a reply of type {Show(type)} makes no sense.");

    public static RedisProtocolException BadLength() => new("This is not the Redis protocol: a length is no number.");

    public static RedisProtocolException TextWithoutEnd() => new("This is not the Redis protocol: a text is longer than its length says.");

    public static RedisProtocolException LineWithoutReturn() => new("This is not the Redis protocol: a line ends without a carriage return.");

    public static RedisProtocolException LineTooLong() => new(
        $"This is not the Redis protocol: a line is longer than {Protocol.RespLimits.LineBytes} bytes.");

    public static RedisProtocolException PushInside() => new("This is not the Redis protocol: a push message inside a reply.");

    public static RedisProtocolException TooLarge(int limit) => new(
        string.Create(CultureInfo.InvariantCulture, $"A reply is larger than {limit} bytes (RedisOptions.MaxReplyBytes)."));

    public static RedisProtocolException TooDeep(int limit) => new(
        string.Create(CultureInfo.InvariantCulture, $"A reply has lists in lists more than {limit} deep (RedisOptions.MaxReplyDepth)."));

    public static RedisProtocolException Unasked(string endpoint) => new(
        $"{endpoint}: more came than was asked for; nobody can tell whose reply it is.");

    // commands that make no sense

    public static ArgumentException NotOneWord() => new(
        "A command is one word, without blanks; what follows are arguments: CLIENT LIST is the command CLIENT with the argument LIST.", "command");

    public static ArgumentNullException NullArgument() => new(
        "arguments", "An argument of the command is null; Redis knows no null, only empty texts.");

    public static NotSupportedException Refused(string command, string why) => new(
        $"{command} is refused on a pooled connection: {why}. Nothing was sent.");

    public static InvalidOperationException PipelineRuns() => new("The pipeline is running; it can be used again when its run has ended.");

    public static InvalidOperationException Busy(string endpoint) => new(
        $"{endpoint}: another command is pending on this connection; await it first, or send both in a RedisPipeline. Nothing was sent.");

    public static InvalidCastException NoConversion(RedisReplyKind kind, string wanted) => new($"A reply of kind {kind} is not {wanted}.");

    // what happens to connections

    public static IOException Closed(string endpoint, Exception? cause) => new(
        cause is null ? $"{endpoint}: the connection is closed." : $"{endpoint}: the connection is closed since: {cause.Message}", cause);

    public static IOException EndedByServer(string endpoint, bool amidReply) => new(
        $"{endpoint}: the server closed the connection {(amidReply ? "in the middle of a reply" : "before it answered")}.");

    public static TimeoutException TimedOut(string endpoint, string what, TimeSpan limit, Exception cause) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{endpoint}: no answer to {what} within {limit.TotalSeconds:0.###} s (RedisOptions.CommandTimeout, or the call's own). The connection is closed: a late answer reaches nobody."),
        cause);

    public static InvalidOperationException PendingAtReturn(string endpoint) => new(
        $"{endpoint}: returned with a command still pending.");

    public static InvalidOperationException ChangedForGood(string endpoint) => new(
        $"{endpoint}: its holder has changed what only a new connection puts right (CLIENT TRACKING, CLIENT NO-EVICT, READONLY …).");

    public static IOException UnfitAfter(string endpoint, string what) => new($"{endpoint}: the {what} left the connection unfit for use.");

    // opening

    /// <summary>The server has refused a step of the handshake.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="step">What was asked for, without secrets.</param>
    /// <param name="error">The answer.</param>
    /// <param name="secret">What must not be repeated, if the answer does.</param>
    public static RedisErrorException HandshakeRefused(string endpoint, string step, RedisErrorException error, string? secret) => new(
        $"{endpoint}: the server refused {step}: {Redact(error.Message, secret)}", error.Code, innerException: null);

    public static ArgumentException BadOptions(string type, IEnumerable<string> problems) => new($"{type}: {string.Join("; ", problems)}.", "options");

    // URLs

    public static ArgumentException BadUrl(string problem) => new($"The Redis URL cannot be used: {problem}.", "url");

    /// <summary>A server's text without the arguments it may repeat.</summary>
    internal static string Redact(string text, string? secret)
    {
        var arguments = text.IndexOf(", with args", StringComparison.OrdinalIgnoreCase);
        text = arguments < 0 ? text : text[..arguments];
        if (string.IsNullOrEmpty(secret))
        {
            return text;
        }

        for (var from = 0; text.IndexOf(secret, from, StringComparison.Ordinal) is >= 0 and var found; from = found + 1)
        {
            var end = found + secret.Length;
            if ((found == 0 || !char.IsLetterOrDigit(text[found - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                text = $"{text[..found]}***{text[end..]}";
            }
        }

        return text;
    }

    static string Show(byte value) => value is > 0x20 and < 0x7f ? $"'{(char)value}'" : $"byte 0x{value:x2}";
}
