using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Reading;

/// <summary>Include statements.</summary>
sealed partial class DocumentReader
{
    const string Include = "include";

    // Only the word alone: "includes", "include.a" and a quoted one are keys.
    bool IsInclude()
    {
        if (!cursor.IsAt(Include))
        {
            return false;
        }

        var next = cursor.Peek(Include.Length);
        return next == Cursor.End || Cursor.IsBlank(next) || UnquotedText.IsForbidden(next)
            || (next == '/' && cursor.Peek(Include.Length + 1) == '/');
    }

    void ReadInclude(ObjectNode into, Place place)
    {
        var origin = cursor.Origin;
        cursor.Move(Include.Length);
        cursor.SkipLines();
        var required = ReadOpening("required(");
        var kind = IncludeKind.Adjacent;
        HoconOrigin? opened = null;
        foreach (var (word, meant) in (ReadOnlySpan<(string, IncludeKind)>)
            [("file(", IncludeKind.File), ("url(", IncludeKind.Url), ("classpath(", IncludeKind.Classpath)])
        {
            if (opened is null)
            {
                opened = ReadOpening(word);
                kind = opened is null ? kind : meant;
            }
        }

        if (cursor.Current != '"')
        {
            throw HoconErrors.Expected(cursor, "the name of a file in quotes, file(\"…\") or required(…) after include");
        }

        var nameOrigin = cursor.Origin;
        var name = QuotedText.Read(cursor);
        ReadClosing(opened);
        ReadClosing(required);
        var request = new IncludeRequest(name, kind, required is not null, origin, nameOrigin);
        Enter(1);
        session.Include(request, into, place, _depth);
        _depth--;
    }

    HoconOrigin? ReadOpening(string word)
    {
        if (!cursor.IsAt(word))
        {
            return null;
        }

        cursor.Move(word.Length - 1);
        var opened = cursor.Origin;
        cursor.Move();
        cursor.SkipLines();
        return opened;
    }

    void ReadClosing(HoconOrigin? opened)
    {
        if (opened is null)
        {
            return;
        }

        cursor.SkipLines();
        if (cursor.Current != ')')
        {
            throw HoconErrors.NotClosed(cursor, ')', "(", opened.Value);
        }

        cursor.Move();
    }
}
