namespace ActorPool.Hocon;

#pragma warning disable CA1720 // these are JSON's own words
/// <summary>What a <see cref="HoconValue"/> is.</summary>
public enum HoconKind
{
    /// <summary>A <see cref="HoconObject"/>.</summary>
    Object = 0,

    /// <summary>A <see cref="HoconArray"/>.</summary>
    Array,

    /// <summary>A text, quoted or not.</summary>
    String,

    /// <summary>A number as JSON writes them; one inside a longer text is part of a <see cref="String"/>.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>null</c>.</summary>
    Null,
}
