using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hocon.Tests.Properties;

/// <summary>HOCON is a superset of JSON. A failure is cut down to the shortest choices that show it, and prints the seed that replays it.</summary>
public sealed class JsonPropertyTests
{
    [Fact]
    public void What_json_reads_hocon_reads_the_same() => ForDocuments(json =>
    {
        using var expected = JsonDocument.Parse(json);

        AssertSame(expected.RootElement, HoconParser.Parse(json, Hocon.NoEnvironment));
    });

    [Fact]
    public void What_is_rendered_is_read_the_same_again_by_hocon_and_by_json() => ForDocuments(json =>
    {
        var rendered = Hocon.Json(json);

        Assert.Equal(rendered, Hocon.Json(rendered));
        using var read = JsonDocument.Parse(rendered);
        AssertSame(read.RootElement, HoconParser.Parse(json));
    });

    [Fact]
    public void What_is_hocon_without_quotes_and_commas_is_the_same() => ForDocuments(json =>
    {
        // newlines for the commas outside of quotes, and no braces around all
        var text = new StringBuilder();
        var isQuoted = false;
        var isEscaped = false;
        foreach (var character in Hocon.Json(json))
        {
            isQuoted ^= character == '"' && !isEscaped;
            isEscaped = character == '\\' && !isEscaped;
            text.Append(isQuoted || character is not (',' or ':') ? character : character == ',' ? '\n' : '=');
        }

        var bare = text[0] == '{' ? text.ToString(1, text.Length - 2) : text.ToString();
        Assert.Equal(Hocon.Json(json), Hocon.Json(bare));
    });

    [Fact]
    public void Configuration_has_the_same_keys_and_values_as_from_the_json_provider() => ForDocuments(json =>
    {
        if (json.TrimStart()[0] != '{')
        {
            return;
        }

        Dictionary<string, string?> Read(Action<IConfigurationBuilder> add)
        {
            var builder = new ConfigurationBuilder();
            add(builder);
            return builder.Build().AsEnumerable().ToDictionary(StringComparer.Ordinal);
        }

        Dictionary<string, string?> expected;
        try
        {
            expected = Read(builder => builder.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))));
        }
        catch (FormatException)
        {
            Assert.Throws<HoconException>(() => Read(builder => builder.AddHoconString(json)));
            return;
        }

        var actual = Read(builder => builder.AddHoconString(json));
        Assert.Equal(
            expected.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, AsWritten(pair.Value))),
            actual.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    });

    // The JSON provider writes booleans as .NET does, HOCON as they are written.
    static string? AsWritten(string? value) => value switch { "True" => "true", "False" => "false", _ => value };

    static void ForDocuments(Action<string> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(300),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), choices => check(new JsonDraw(choices).Document())));

    static void AssertSame(JsonElement expected, HoconValue actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Select(property => property.Name), actual.AsObject().Keys);
                Assert.All(expected.EnumerateObject(), property => AssertSame(property.Value, actual.AsObject()[property.Name]));
                break;
            case JsonValueKind.Array:
                Assert.Equal(HoconKind.Array, actual.Kind);
                Assert.Equal(expected.GetArrayLength(), actual.AsArray().Count);
                Assert.All(expected.EnumerateArray().Zip(actual.AsArray()), pair => AssertSame(pair.First, pair.Second));
                break;
            case JsonValueKind.String:
                Assert.Equal((HoconKind.String, expected.GetString()), (actual.Kind, actual.AsString()));
                break;
            case JsonValueKind.Number:
                Assert.Equal((HoconKind.Number, expected.GetRawText()), (actual.Kind, actual.AsString()));
                break;
            case JsonValueKind.Null:
                Assert.Equal(HoconKind.Null, actual.Kind);
                break;
            default:
                Assert.Equal((HoconKind.Boolean, expected.GetBoolean()), (actual.Kind, actual.AsBoolean()));
                break;
        }
    }
}
