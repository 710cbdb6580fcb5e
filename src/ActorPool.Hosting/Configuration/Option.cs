using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>One option of an options class: what it is called, and how its text gets there.</summary>
sealed class Option<TOptions>(string property, Action<IConfigurationSection, TOptions, OptionReading>? read)
{
    /// <summary>The property that it sets, or the name of what is in the text only.</summary>
    public string Property { get; } = property;

    /// <summary>As it is written: <c>max-size</c>.</summary>
    public string Key { get; } = OptionName.Kebab(property);

    /// <summary>Reads it from where it is written; null if text cannot say it.</summary>
    public Action<IConfigurationSection, TOptions, OptionReading>? Read { get; } = read;

    /// <summary>Whether it is an object or a list, and what several sources say of it adds up.</summary>
    public bool IsObject { get; init; }

    /// <summary>Why text cannot say it; null if it can.</summary>
    public string? InCodeOnly { get; init; }

    /// <summary>The options in it, if it is an object of options; otherwise empty.</summary>
    public IEnumerable<string> InnerPaths { get; init; } = [];
}
