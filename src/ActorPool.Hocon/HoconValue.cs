using System.Globalization;
using System.Text;
using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Mapping;
using ActorPool.Hocon.Reading;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon;

/// <summary>
/// A value of a HOCON text, with its substitutions resolved: a <see cref="HoconObject"/>, a <see cref="HoconArray"/> or a
/// <see cref="HoconScalar"/>. It never changes, so any thread may read it.
/// </summary>
public abstract class HoconValue
{
    private protected HoconValue(HoconKind kind, HoconOrigin origin) => (Kind, Origin) = (kind, origin);

    /// <summary>What it is.</summary>
    public HoconKind Kind { get; }

    /// <summary>Where it is written; of an object or an array that was merged from several, where the first begins.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>How many values it is, itself included and shared ones counted wherever they appear.</summary>
    internal long Size { get; private protected init; } = 1;

    /// <summary>Finds a value below this one.</summary>
    /// <param name="path">A path expression as HOCON writes them: <c>pools.cache.max-size</c>, <c>hosts."db.internal"</c>.</param>
    /// <returns>The value, which may be a <c>null</c> of <see cref="HoconKind.Null"/>; null if there is none.</returns>
    /// <exception cref="HoconException">The path is no path expression.</exception>
    public HoconValue? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var found = this;
        foreach (var key in PathText.Parse(path))
        {
            found = (found as HoconObject)?.GetValueOrDefault(key);
        }

        return found;
    }

    /// <summary>This value as an object.</summary>
    /// <exception cref="HoconException">It is none.</exception>
    public HoconObject AsObject() => this as HoconObject ?? throw HoconErrors.WrongKind(this, "an object");

    /// <summary>This value as an array; an object with whole numbers as keys becomes one, in their order.</summary>
    /// <exception cref="HoconException">It is neither.</exception>
    public HoconArray AsArray() =>
        this as HoconArray ?? (this as HoconObject)?.ToArray() ?? throw HoconErrors.WrongKind(this, "an array");

    /// <summary>This value as a text: strings, and numbers and booleans as they are written.</summary>
    /// <exception cref="HoconException">It is an object, an array or null.</exception>
    public string AsString() => Text("a text");

    /// <summary>This value as a whole number: a number, or a text that is one.</summary>
    /// <exception cref="HoconException">It is none, or does not fit.</exception>
    public long AsInt64() =>
        decimal.TryParse(Text("a whole number"), NumberText.Style, CultureInfo.InvariantCulture, out var number)
        && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw HoconErrors.NotConvertible(this, "a whole number");

    /// <summary>This value as a number: a number, or a text that is one.</summary>
    /// <exception cref="HoconException">It is none.</exception>
    public double AsDouble() =>
        double.TryParse(Text("a number"), NumberText.Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw HoconErrors.NotConvertible(this, "a number");

    /// <summary>This value as a boolean: <c>true</c>, <c>yes</c>, <c>on</c>, <c>false</c>, <c>no</c> or <c>off</c>.</summary>
    /// <exception cref="HoconException">It is none.</exception>
    public bool AsBoolean() => Text("a boolean") switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw HoconErrors.NotConvertible(this, "true, yes, on, false, no or off"),
    };

    /// <summary>This value as a duration (<see cref="HoconUnits.TryParseDuration"/>).</summary>
    /// <exception cref="HoconException">It is none.</exception>
    public TimeSpan AsDuration() => HoconUnits.TryParseDuration(Text("a duration"), out var duration)
        ? duration
        : throw HoconErrors.NotConvertible(this, "a duration such as 100ms, 15s, 5m or infinite");

    /// <summary>This value as a size in bytes (<see cref="HoconUnits.TryParseSize"/>).</summary>
    /// <exception cref="HoconException">It is none.</exception>
    public long AsBytes() => HoconUnits.TryParseSize(Text("a size"), out var bytes)
        ? bytes
        : throw HoconErrors.NotConvertible(this, "a size such as 512K, 64 KiB or 10 MB");

    /// <summary>Writes this value as JSON, which is HOCON too. (This may show secrets; <see cref="ToString"/> does not.)</summary>
    public string Render()
    {
        var text = new StringBuilder();
        JsonText.Write(this, text);
        return text.ToString();
    }

    /// <summary>What it is and where, such as <c>string at pools.conf:12:5</c>; never the value itself.</summary>
    public override string ToString() => $"{HoconErrors.NameOf(Kind)} at {Origin}";

    string Text(string expected) =>
        this is HoconScalar { Kind: not HoconKind.Null } scalar ? scalar.Text : throw HoconErrors.WrongKind(this, expected);
}
