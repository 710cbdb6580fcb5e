using System.Text;
using ActorPool.Hocon.Errors;

namespace ActorPool.Hocon.Reading;

/// <summary>Makes a text of a file's bytes.</summary>
static class Utf8Text
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, string? file)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            var before = bytes[..Math.Clamp(error.Index, 0, bytes.Length)];
            var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
            var origin = new HoconOrigin(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1);
            throw HoconErrors.NotUtf8(origin, bytes[before.Length..]);
        }
    }
}
