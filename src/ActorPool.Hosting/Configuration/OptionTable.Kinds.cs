using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

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

    /// <summary>One value. Null in the configuration says nothing, as in HOCON, unless the option has a meaning for it.</summary>
    public OptionTable<TOptions> Value<TValue>(string property, ValueKind<TValue> kind, Action<TOptions, TValue> set, Action<TOptions>? setNull = null) =>
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
                set(options, value);
            }
            else
            {
                reading.Problems.Add(section.Path, kind.Refuse(section.Value.Trim()));
            }
        }));

    /// <summary>An object with options of its own.</summary>
    public OptionTable<TOptions> Object<TInner>(string property, Func<TOptions, TInner> get, OptionTable<TInner> table) =>
        Add(new(property, (section, options, reading) => table.Read(section, get(options), reading.Inside(property)))
        {
            IsObject = true,
            InnerPaths = table.Paths,
        });

    /// <summary>An option that is not text.</summary>
    public OptionTable<TOptions> InCodeOnly(string property, string reason) => Add(new(property, read: null) { InCodeOnly = reason });

    OptionTable<TOptions> Add(Option<TOptions> option)
    {
        _options.Add(option);
        return this;
    }
}
