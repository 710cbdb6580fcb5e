using ActorPool.Hosting.Configuration.Values;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>The rows of a table: one method for each kind of option.</summary>
sealed partial class OptionTable<TOptions>
{
    public OptionTable<TOptions> Text(string property, Action<TOptions, string> set) => Value(property, ValueKinds.Text, set);

    public OptionTable<TOptions> Count(string property, Action<TOptions, int> set) => Value(property, ValueKinds.Count, set);

    public OptionTable<TOptions> CountOrUnlimited(string property, Action<TOptions, int> set) => Value(property, ValueKinds.CountOrUnlimited, set);

    public OptionTable<TOptions> Number(string property, Action<TOptions, double> set) => Value(property, ValueKinds.Number, set);

    public OptionTable<TOptions> Flag(string property, Action<TOptions, bool> set) => Value(property, ValueKinds.Flag, set);

    public OptionTable<TOptions> Time(string property, Action<TOptions, TimeSpan> set) => Value(property, ValueKinds.Time, set);

    public OptionTable<TOptions> OneOf<TEnum>(string property, Action<TOptions, TEnum> set)
        where TEnum : struct, Enum => Value(property, ValueKinds.OneOf<TEnum>(), set);

    /// <summary>A text, or null for none, which is the default.</summary>
    public OptionTable<TOptions> TextOrNull(string property, Action<TOptions, string?> set) =>
        Value(property, ValueKinds.Text, set, options => set(options, null));

    /// <summary>A text, or <c>none</c> where the default is one.</summary>
    public OptionTable<TOptions> TextOrNone(string property, Action<TOptions, string?> set) =>
        Value(property, ValueKinds.TextOrNone, set, options => set(options, null));

    /// <summary>A file that has to be there, or null for none, which is the default.</summary>
    public OptionTable<TOptions> File(string property, Action<TOptions, string?> set) =>
        Value(property, ValueKinds.File, set, options => set(options, null));

    /// <summary>A text that is never shown; an empty one is none.</summary>
    public OptionTable<TOptions> Secret(string property, Action<TOptions, string?> set) => Add(new(property, (section, options, reading) =>
    {
        if (section.GetChildren().Any())
        {
            reading.Problems.Add(section.Path, "is an object or a list: a text is expected");
        }
        else
        {
            set(options, string.IsNullOrEmpty(section.Value) ? null : section.Value);
        }
    }));

    /// <summary>One value. Null in the configuration says nothing, as in HOCON, unless the option has a meaning for it.</summary>
    public OptionTable<TOptions> Value<TValue>(string property, ValueKind<TValue> kind, Action<TOptions, TValue> set, Action<TOptions>? setNull = null) =>
        Value(property, kind, (options, value, _) => set(options, value), setNull);

    /// <summary>One value that sets what has defaults elsewhere.</summary>
    public OptionTable<TOptions> Value<TValue>(
        string property, ValueKind<TValue> kind, Action<TOptions, TValue, OptionReading> set, Action<TOptions>? setNull = null) =>
        Add(new(property, (section, options, reading) =>
        {
            if (section.GetChildren().Any())
            {
                reading.Problems.Add(section.Path, $"is an object or a list: {kind.Expected} is expected");
            }
            else if (section.Value is null)
            {
                setNull?.Invoke(options);
            }
            else if (kind.TryParse(section.Value.Trim(), out var value))
            {
                set(options, value, reading);
            }
            else
            {
                reading.Problems.Add(section.Path, kind.Refuse(section.Value.Trim()));
            }
        }));

    /// <summary>Several values: a list, or a text with commas. What makes no sense leaves the option as it is.</summary>
    public OptionTable<TOptions> List<TValue>(string property, ValueKind<TValue> kind, Action<TOptions, IReadOnlyList<TValue>> set) =>
        Add(new(property, (section, options, reading) =>
        {
            if (ListText.Read(section, kind, reading.Problems) is { } values)
            {
                set(options, values);
            }
        }));

    /// <summary>An object with options of its own.</summary>
    public OptionTable<TOptions> Object<TInner>(string property, Func<TOptions, TInner> get, OptionTable<TInner> table) =>
        Object(property, (section, options, reading) => table.Read(section, get(options), reading.Inside(property)), table.Paths);

    /// <summary>An object that is read in a way of its own.</summary>
    public OptionTable<TOptions> Object(string property, Action<IConfigurationSection, TOptions, OptionReading> read, IEnumerable<string> innerPaths) =>
        Add(new(property, read) { IsObject = true, InnerPaths = innerPaths });

    /// <summary>Options of another class, which stand beside these.</summary>
    public OptionTable<TOptions> With<TInner>(Func<TOptions, TInner> get, OptionTable<TInner> table, params ReadOnlySpan<string> except)
    {
        foreach (var option in table.Options)
        {
            if (!except.Contains(option.Property))
            {
                Add(option.In(get));
            }
        }

        return this;
    }

    /// <summary>An option that is not text.</summary>
    public OptionTable<TOptions> InCodeOnly(string property, string reason) =>
        Add(new(property, read: null) { Refusal = $"cannot be said in text: {reason}" });

    /// <summary>An option that is written at another place.</summary>
    public OptionTable<TOptions> Elsewhere(string property, string where) => Add(new(property, read: null) { Refusal = $"has no place here: {where}" });

    OptionTable<TOptions> Add(Option<TOptions> option)
    {
        if (Find(option.Normal) is not null)
        {
            throw new InvalidOperationException($"The options of {What} have {option.Key} twice.");
        }

        _options.Add(option);
        return this;
    }
}
