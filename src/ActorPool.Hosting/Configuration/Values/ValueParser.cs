namespace ActorPool.Hosting.Configuration.Values;

/// <summary>Reads the text of a value; false if it makes no sense.</summary>
delegate bool ValueParser<TValue>(string text, out TValue value);
