using System.Globalization;
using System.Text;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis.Tests.Protocol;

/// <summary>What is no reply, or too much of one, is told in one line that says why.</summary>
public sealed class RespRefusalTests
{
    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "no reply begins with 'H'")]
    [InlineData("\u0015\u0003\u0001", "speaks TLS")]
    [InlineData("\r\n", "no reply begins with byte 0x0d")]
    [InlineData("\n", "no reply begins with byte 0x0a")]
    [InlineData("$abc\r\n", "a length is no number")]
    [InlineData("$-2\r\n", "a length is no number")]
    [InlineData("$99999999999999999999\r\n", "a length is no number")]
    [InlineData("*-2\r\n", "a length is no number")]
    [InlineData("%-1\r\n", "a length is no number")]
    [InlineData("$?\r\n", "a length is no number")]
    [InlineData("$3\r\nabcde", "longer than its length")]
    [InlineData(":1.5\r\n", "type ':' makes no sense")]
    [InlineData(":\r\n", "type ':' makes no sense")]
    [InlineData("#x\r\n", "type '#' makes no sense")]
    [InlineData(",1.5x\r\n", "type ',' makes no sense")]
    [InlineData("(12x\r\n", "type '(' makes no sense")]
    [InlineData("_x\r\n", "type '_' makes no sense")]
    [InlineData("+a\rb\r\n", "type '+' makes no sense")]
    [InlineData("+OK\n", "without a carriage return")]
    [InlineData("=2\r\nab\r\n", "type '=' makes no sense")]
    [InlineData("*1\r\n>1\r\n+a\r\n", "push message inside a reply")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", "MaxReplyDepth")]
    [InlineData("|0\r\n|0\r\n|0\r\n|0\r\n|0\r\n", "MaxReplyDepth")]
    [InlineData("$2000\r\n", "MaxReplyBytes")]
    [InlineData("*500\r\n", "MaxReplyBytes")]
    [InlineData("*1\r\n$990\r\n", "MaxReplyBytes")]
    public void It_is_refused(string text, string why)
    {
        var error = Assert.Throws<RedisProtocolException>(() => Read(Encoding.Latin1.GetBytes(text)));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_line_without_an_end_is_refused_at_64_KiB() => Assert.Contains(
        "65536",
        Assert.Throws<RedisProtocolException>(() => Read(Encoding.ASCII.GetBytes("+" + new string('x', 70_000)), new RespLimits(int.MaxValue / 2, 4))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Many_small_parts_are_refused_when_they_are_too_many_together()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"*200\r\n{string.Concat(Enumerable.Repeat(":1234\r\n", 200))}");

        Assert.Throws<RedisProtocolException>(() => Read(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void What_a_server_announces_costs_no_memory_before_it_comes()
    {
        var buffer = new ReplyBuffer(rented: true);
        buffer.Begin(new RespLimits(512 * 1024 * 1024, 32));
        "*20000000\r\n$500000000\r\n"u8.CopyTo(buffer.Room().Span);
        buffer.Received(24);

        Assert.False(buffer.TryRead(out _));
        Assert.InRange(buffer.Room().Length, 1, 2 * 1024 * 1024);
    }

    static void Read(byte[] bytes, RespLimits? limits = null)
    {
        var buffer = new ReplyBuffer(rented: true);
        buffer.Begin(limits ?? new RespLimits(1_000, 4));
        for (var position = 0; position < bytes.Length; position++)
        {
            buffer.Room().Span[0] = bytes[position];
            buffer.Received(1);
            buffer.TryRead(out _);
        }
    }
}
