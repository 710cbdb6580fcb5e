namespace ActorPool.Hocon;

/// <summary>A string, a number, a boolean or null.</summary>
public sealed class HoconScalar : HoconValue
{
    internal HoconScalar(HoconKind kind, string text, HoconOrigin origin)
        : base(kind, origin) => Text = text;

    /// <summary>The text without quotes; a number as it is written, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public string Text { get; }
}
