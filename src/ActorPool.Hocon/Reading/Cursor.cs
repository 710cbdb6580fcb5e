using System.Globalization;

namespace ActorPool.Hocon.Reading;

/// <summary>A place in a text that moves forward, and knows its line and column.</summary>
sealed class Cursor(string text, string? file)
{
    /// <summary>What <see cref="Current"/> is behind the last character.</summary>
    public const int End = -1;

    int _line = 1;
    int _lineStart;

    public string? File { get; } = file;

    public int Position { get; private set; }

    public int Current => Peek(0);

    public HoconOrigin Origin => new(File, _line, Position - _lineStart + 1);

    public ReadOnlySpan<char> Rest => text.AsSpan(Position);

    public static bool IsBlank(int character) => character switch
    {
        ' ' or '\t' or '\n' or '\v' or '\f' or '\r' or (>= 0x1c and <= 0x1f) or '\u00a0' or '\ufeff' => true,
        < 0x1680 => false,
        _ => char.GetUnicodeCategory((char)character)
            is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    public int Peek(int ahead) => Position + ahead < text.Length ? text[Position + ahead] : End;

    public bool IsAt(string expected) => Rest.StartsWith(expected, StringComparison.Ordinal);

    public string From(int start) => text[start..Position];

    /// <summary>Goes on by some characters, which the text must have.</summary>
    public void Move(int count = 1)
    {
        var passed = text.AsSpan(Position, count);
        for (var newline = passed.IndexOf('\n'); newline >= 0; newline = passed.IndexOf('\n'))
        {
            _line++;
            _lineStart = Position + newline + 1;
            Position += newline + 1;
            passed = passed[(newline + 1)..];
        }

        Position += passed.Length;
    }

    /// <summary>Goes to the next character that is neither whitespace nor part of a comment, or to the end of the line.</summary>
    public void SkipInLine()
    {
        while (true)
        {
            if (Current == '#' || (Current == '/' && Peek(1) == '/'))
            {
                var length = Rest.IndexOf('\n');
                Move(length < 0 ? Rest.Length : length);
            }
            else if (Current != '\n' && IsBlank(Current))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Goes to the next character that is neither whitespace nor part of a comment.</summary>
    /// <returns>Whether a line ended.</returns>
    public bool SkipLines()
    {
        var ended = false;
        for (SkipInLine(); Current == '\n'; SkipInLine())
        {
            Move();
            ended = true;
        }

        return ended;
    }
}
