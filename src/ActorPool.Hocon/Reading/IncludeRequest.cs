namespace ActorPool.Hocon.Reading;

/// <summary>An include statement.</summary>
/// <param name="Name">What is in the quotes.</param>
/// <param name="Kind">What is around them.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Origin">Where the statement begins.</param>
/// <param name="NameOrigin">Where the name begins.</param>
readonly record struct IncludeRequest(string Name, IncludeKind Kind, bool IsRequired, HoconOrigin Origin, HoconOrigin NameOrigin);
