namespace ActorPool.Hosting.Configuration.Values;

/// <summary>How the text of a value is read.</summary>
/// <param name="Expected">What should be there, for somebody who wrote something else: <c>a whole number</c>.</param>
/// <param name="TryParse">Reads it.</param>
/// <param name="Explain">More about a text that could not be read; null if there is nothing to say.</param>
/// <param name="IsSecret">Whether no part of the text may be shown.</param>
sealed record ValueKind<TValue>(string Expected, ValueParser<TValue> TryParse, Func<string, string?>? Explain = null, bool IsSecret = false)
{
    /// <summary>What is wrong with a text that could not be read. The text is shown, unless it looks as if it had a secret in it.</summary>
    public string Refuse(string text) =>
        $"{(text.Length == 0 ? "is empty" : IsSecret ? "cannot be used" : $"is {ShownText.Of(text)}")}: {Explain?.Invoke(text) ?? $"{Expected} is expected"}";
}
