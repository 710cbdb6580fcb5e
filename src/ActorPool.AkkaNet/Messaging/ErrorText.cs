namespace ActorPool.AkkaNet.Messaging;

/// <summary>An error as text for another node: errors themselves do not travel.</summary>
static class ErrorText
{
    const int LengthMax = 2_000;

    /// <summary>Type and message on one line.</summary>
    public static string Of(Exception error) => Bounded($"{error.GetType().Name}: {MessageOf(error)}");

    /// <summary>The message alone: where the type says nothing more.</summary>
    public static string MessageOf(Exception error)
    {
        try
        {
            return Bounded(error.Message.ReplaceLineEndings(" "));
        }
#pragma warning disable CA1031 // a user's exception may throw when it is read
        catch (Exception another)
#pragma warning restore CA1031
        {
            return $"(its message threw {another.GetType().Name})";
        }
    }

    static string Bounded(string text) => text.Length <= LengthMax ? text : $"{text.AsSpan(0, LengthMax - 1)}…";
}
