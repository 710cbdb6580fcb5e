using ActorPool.Redis.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPool.Redis.Tests.Protocol;

/// <summary>Whatever comes, and in whatever pieces. A failure is cut down to the shortest choices that show it, and prints the seed that replays it.</summary>
public sealed class RespPropertyTests
{
    static readonly RespLimits Wide = new(64 * 1024 * 1024, 32);
    static readonly RespLimits Narrow = new(2_000, 4);

    // what replies are made of: noise from these gets further than noise from all bytes
    static readonly byte[] Alphabet = [.. "$*+-:%~>_#,(=!|0123456789tfinae.\r\n\r\n\r\n\r\n"u8];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Any_replies_cut_anywhere_are_read_the_same(bool rented) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(300),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (choices, cuts) =>
        {
            var draw = new ReplyDraw(choices);
            var expected = new List<string>();
            do
            {
                expected.Add(draw.Next());
            }
            while (draw.HasMore);

            Assert.Equal(expected, Read(draw.Bytes, [255, 255], rented, Wide).Replies);
            Assert.Equal(expected, Read(draw.Bytes, cuts, rented, Wide).Replies);
        }));

    [Fact]
    public void A_reply_cut_off_anywhere_is_not_read_and_does_no_harm() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(60),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), choices =>
        {
            var draw = new ReplyDraw(choices);
            draw.Next();
            for (var end = 0; end < Math.Min(draw.Bytes.Length, 300); end++)
            {
                var (replies, error) = Read(draw.Bytes[..end], [3], rented: true, Wide);

                Assert.Empty(replies);
                Assert.Null(error);
            }
        }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Noise_is_a_protocol_error_or_not_whole_yet_and_never_more_memory_than_allowed(bool rented) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(200),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (noise, cuts) =>
        {
            byte[] bytes = [.. noise.Select(value => Alphabet[value % Alphabet.Length])];

            var whole = Read(bytes, [255], rented, Narrow);
            var cut = Read(bytes, cuts, rented, Narrow);

            Assert.Equal(whole.Replies, cut.Replies);
            Assert.Equal(whole.Error is null, cut.Error is null);
        }));

    [Fact]
    public void A_reply_that_is_changed_in_one_byte_is_read_or_refused_in_order() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(100),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (choices, place, value) =>
        {
            var draw = new ReplyDraw(choices);
            draw.Next();
            var bytes = draw.Bytes;
            bytes[(place & int.MaxValue) % bytes.Length] = value;

            var whole = Read(bytes, [255], rented: true, Narrow);
            var cut = Read(bytes, [1], rented: false, Narrow);

            Assert.Equal(whole.Replies, cut.Replies);
            Assert.Equal(whole.Error is null, cut.Error is null);
        }));

    /// <summary>Reads all replies of some bytes that come in pieces, up to the first error, which must be of the protocol.</summary>
    static (List<string> Replies, RedisProtocolException? Error) Read(byte[] bytes, byte[] cuts, bool rented, RespLimits limits)
    {
        var buffer = new ReplyBuffer(rented);
        buffer.Begin(limits);
        var replies = new List<RedisReply>();
        var texts = new List<string>();
        RedisProtocolException? error = null;
        try
        {
            for (int position = 0, cut = 0; position < bytes.Length; cut++)
            {
                var room = buffer.Room();
                Assert.InRange(room.Length, 1, (4 * bytes.Length) + (1024 * 1024) + 4096);
                var piece = cuts.Length == 0 ? 1 : cuts[cut % cuts.Length] == 255 ? bytes.Length : 1 + cuts[cut % cuts.Length];
                var length = Math.Min(Math.Min(piece, bytes.Length - position), room.Length);
                bytes.AsSpan(position, length).CopyTo(room.Span);
                buffer.Received(length);
                position += length;
                while (buffer.TryRead(out var reply))
                {
                    texts.Add(Dump.Of(reply));
                    replies.Add(reply);
                }
            }
        }
        catch (RedisProtocolException refused)
        {
            error = refused;
        }

        // what has been read must not change with what comes after it
        Assert.Equal(texts, replies.Select(Dump.Of));
        buffer.End();
        Assert.Equal(texts, replies.Select(Dump.Of));
        return (texts, error);
    }
}
