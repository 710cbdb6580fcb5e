using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>One option of an options class: what it is called, and how its text gets there.</summary>
sealed class Option<TOptions>(string property, Action<IConfigurationSection, TOptions, OptionReading>? read)
{
    /// <summary>The property that it sets.</summary>
    public string Property { get; } = property;

    /// <summary>As it is written: <c>max-size</c>.</summary>
    public string Key { get; } = OptionName.Kebab(property);

    /// <summary>What all its spellings have in common.</summary>
    public string Normal { get; } = OptionName.Normal(property);

    /// <summary>Reads it from where it is written; null if text cannot say it.</summary>
    public Action<IConfigurationSection, TOptions, OptionReading>? Read { get; } = read;

    /// <summary>Whether it is an object, and what several sources say of it adds up.</summary>
    public bool IsObject { get; init; }

    /// <summary>What to answer to somebody who writes it although text cannot say it; null if text can.</summary>
    public string? Refusal { get; init; }

    /// <summary>The paths of the options in it, if it is an object of options; otherwise empty.</summary>
    public IEnumerable<string> InnerPaths { get; init; } = [];

    /// <summary>The same option, where these options are a part of others.</summary>
    public Option<TOuter> In<TOuter>(Func<TOuter, TOptions> get) =>
        new(Property, Read is { } read ? (section, outer, reading) => read(section, get(outer), reading) : null)
        {
            IsObject = IsObject,
            Refusal = Refusal,
            InnerPaths = InnerPaths,
        };
}
