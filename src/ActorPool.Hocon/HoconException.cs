namespace ActorPool.Hocon;

/// <summary>
/// A text is not HOCON, or a value is not what was asked for. The message is one line: where it is, what was expected, what was
/// found; it quotes keys and single characters, never values.
/// </summary>
public sealed class HoconException : FormatException
{
    /// <summary>Makes an error.</summary>
    /// <param name="origin">Where.</param>
    /// <param name="problem">What is wrong there, without the place.</param>
    /// <param name="innerException">What caused it; null if nothing did.</param>
    public HoconException(HoconOrigin origin, string problem, Exception? innerException = null)
        : base(OnOneLine($"{origin}: {problem}"), innerException) => Origin = origin;

    /// <summary>Where it is.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>The file's name as it was given; null for a text that is no file's.</summary>
    public string? File => Origin.File;

    /// <summary>From 1.</summary>
    public int Line => Origin.Line;

    /// <summary>From 1, in characters.</summary>
    public int Column => Origin.Column;

    /// <summary>Names of files and keys, and the system's own texts, may have line breaks in them: they are shown as <c>\u000a</c>.</summary>
    static string OnOneLine(string message) => message.Any(BreaksLine)
        ? string.Concat(message.Select(static character => BreaksLine(character) ? $"\\u{(int)character:x4}" : character.ToString()))
        : message;

    static bool BreaksLine(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
