namespace ActorPool.Hosting.Configuration;

/// <summary>How the text of a value is read.</summary>
/// <param name="Expected">What should be there, for somebody who wrote something else: <c>a whole number</c>.</param>
/// <param name="TryParse">Reads it.</param>
/// <param name="Explain">More about a text that could not be read; null if there is nothing to say.</param>
sealed record ValueKind<TValue>(string Expected, ValueParser<TValue> TryParse, Func<string, string?>? Explain = null)
{
    /// <summary>What is wrong with a text that could not be read. The text is shown, unless it looks as if it had a secret in it.</summary>
    public string Refuse(string text) => $"is {ShownText.Of(text)}: {Explain?.Invoke(text) ?? $"{Expected} is expected"}";
}
