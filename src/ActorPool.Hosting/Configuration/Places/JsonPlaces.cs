using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Places;

/// <summary>Where the keys of a JSON file are written, which its configuration provider does not keep.</summary>
sealed class JsonPlaces
{
    static readonly JsonReaderOptions AsConfigurationReads = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    readonly Dictionary<string, (int Line, int Column)> _positions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The places in a provider's file; null if it cannot be read any more.</summary>
    public static JsonPlaces? Read(FileConfigurationSource source)
    {
        try
        {
            var file = source.FileProvider?.GetFileInfo(source.Path!);
            if (file is not { Exists: true })
            {
                return null;
            }

            using var stream = file.CreateReadStream();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // it has changed since; the problem is told without its line
            return null;
        }
    }

    /// <summary>The places in a text.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonPlaces Parse(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        var places = new JsonPlaces();
        var reader = new Utf8JsonReader(text, AsConfigurationReads);
        var cursor = new TextCursor();
        var path = new Stack<string>();
        var indexes = new Stack<int>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                indexes.Pop();
                Leave();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                Enter(reader.GetString()!, cursor.MoveTo(text, (int)reader.TokenStartIndex));
                continue;
            }

            if (indexes.TryPeek(out var index) && index >= 0)
            {
                indexes.Pop();
                indexes.Push(index + 1);
                Enter(ConfigurationKey(index), cursor.MoveTo(text, (int)reader.TokenStartIndex));
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                indexes.Push(reader.TokenType == JsonTokenType.StartArray ? 0 : -1);
            }
            else
            {
                Leave();
            }
        }

        return places;

        void Enter(string key, (int Line, int Column) position)
        {
            path.Push(path.TryPeek(out var parent) ? $"{parent}{ConfigurationPath.KeyDelimiter}{key}" : key);
            places._positions[path.Peek()] = position;
        }

        void Leave() => path.TryPop(out _);
    }

    /// <summary>Where a key is; null if the file does not have it.</summary>
    public (int Line, int Column)? Find(string key) => _positions.TryGetValue(key, out var position) ? position : null;

    static string ConfigurationKey(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Counts lines and columns, from 1, on the way through a text.</summary>
    struct TextCursor
    {
        int _offset;
        int _line;
        int _column;

        public (int Line, int Column) MoveTo(ReadOnlySpan<byte> text, int offset)
        {
            for (; _offset < offset; _offset++)
            {
                if (text[_offset] == '\n')
                {
                    _line++;
                    _column = 0;
                }
                else if ((text[_offset] & 0xC0) != 0x80)
                {
                    // a byte that does not continue a character
                    _column++;
                }
            }

            return (_line + 1, _column + 1);
        }
    }
}
