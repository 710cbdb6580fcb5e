using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Reading;

/// <summary>
/// Reads one HOCON text by recursive descent, straight from its characters: HOCON has no tokens that mean the same everywhere.
/// Each method begins at the first character of what it reads and ends behind the last.
/// </summary>
/// <param name="cursor">The text.</param>
/// <param name="session">What is shared with the files that include this one, and that it includes.</param>
/// <param name="root">Where the text's root is in the whole configuration.</param>
/// <param name="depth">How deep that is.</param>
sealed partial class DocumentReader(Cursor cursor, ReadSession session, Place root, int depth)
{
    int _depth = depth;

    /// <summary>Reads all of it: an object with or without braces, or an array.</summary>
    public SyntaxNode Read()
    {
        cursor.SkipLines();
        var origin = cursor.Origin;
        SyntaxNode node;
        switch (cursor.Current)
        {
            case '{':
                node = ReadObject(root);
                break;
            case '[':
                node = ReadArray();
                break;
            default:
                var fields = new ObjectNode(origin);
                ReadFields(fields, root, opened: null);
                return fields;
        }

        cursor.SkipLines();
        return cursor.Current == Cursor.End ? node : throw HoconErrors.Expected(cursor, "the end of the text");
    }

    ObjectNode ReadObject(Place? place)
    {
        var node = new ObjectNode(cursor.Origin);
        cursor.Move();
        ReadFields(node, place ?? Place.InElement(node), node.Origin);
        return node;
    }

    void ReadFields(ObjectNode into, Place place, HoconOrigin? opened)
    {
        cursor.SkipLines();
        while (cursor.Current != Cursor.End && cursor.Current != '}')
        {
            ReadField(into, place);
            SkipSeparator('}', '{', opened);
        }

        if (cursor.Current == Cursor.End && opened is not null)
        {
            throw HoconErrors.NotClosed(cursor, '}', '{', opened.Value);
        }

        if (cursor.Current == '}')
        {
            if (opened is null)
            {
                throw HoconErrors.NothingToClose(cursor);
            }

            cursor.Move();
        }
    }

    void ReadField(ObjectNode into, Place place)
    {
        if (IsInclude())
        {
            ReadInclude(into, place);
            return;
        }

        if (cursor.Current == '$')
        {
            throw HoconErrors.SubstitutionInKey(cursor);
        }

        var keys = PathReader.Read(cursor, "a key");
        cursor.SkipLines();
        var appends = ReadAssignment(keys);
        Enter(keys.Count);
        var own = keys.Aggregate(place, static (at, key) => at.Child(key.Name));
        var value = ReadValue(appends ? null : own);
        _depth -= keys.Count;
        if (appends)
        {
            var element = new Item(value, value.Origin);
            value = new JoinNode([new PreviousNode(own, value.Origin), new ArrayNode([element], value.Origin)], value.Origin);
        }

        FieldAt(into, keys).Add(new Item(value, keys[^1].Origin) { LooksBack = LooksBack(value, own) });
    }

    // Returns whether it is "+=".
    bool ReadAssignment(List<PathKey> keys)
    {
        switch (cursor.Current)
        {
            case ':' or '=':
                cursor.Move();
                break;
            case '+' when cursor.Peek(1) == '=':
                cursor.Move(2);
                cursor.SkipLines();
                return true;
            case '{':
                return false;
            default:
                throw HoconErrors.NoAssignment(cursor, keys);
        }

        cursor.SkipLines();
        return false;
    }

    static Field FieldAt(ObjectNode into, List<PathKey> keys)
    {
        for (var index = 0; index < keys.Count - 1; index++)
        {
            var key = keys[index];
            var field = into.FieldOf(key.Name);
            if (field.Items is not [.., { Node: ObjectNode inner }])
            {
                inner = new ObjectNode(key.Origin);
                field.Add(new Item(inner, key.Origin));
            }

            into = inner;
        }

        return into.FieldOf(keys[^1].Name);
    }

    static bool LooksBack(SyntaxNode value, Place own) => value switch
    {
        PreviousNode => true,
        ReferenceNode reference => reference.Root?.Element == own.Element
            && own.Keys().AsSpan().SequenceEqual((reference.Root ?? Place.Root).Keys(reference.Path)),
        JoinNode join => join.Pieces.Exists(piece => LooksBack(piece, own)),
        _ => false,
    };

    ArrayNode ReadArray()
    {
        var opened = cursor.Origin;
        var elements = new List<Item>();
        cursor.Move();
        cursor.SkipLines();
        Enter(1);
        while (cursor.Current != ']')
        {
            if (cursor.Current == Cursor.End)
            {
                throw HoconErrors.NotClosed(cursor, ']', '[', opened);
            }

            var value = ReadValue(place: null);
            elements.Add(new Item(value, value.Origin));
            SkipSeparator(']', '[', opened);
        }

        _depth--;
        cursor.Move();
        return new ArrayNode(elements, opened);
    }

    // A comma, newlines, or newlines with one comma among them; nothing at the end.
    void SkipSeparator(char close, char open, HoconOrigin? opened)
    {
        var isNewLine = cursor.SkipLines();
        if (cursor.Current == ',')
        {
            cursor.Move();
            cursor.SkipLines();
        }
        else if (!isNewLine && cursor.Current != close && cursor.Current != Cursor.End)
        {
            throw HoconErrors.NoSeparator(cursor, close, open, opened);
        }
    }

    void Enter(int levels)
    {
        _depth += levels;
        if (_depth > session.Options.MaxDepth)
        {
            throw HoconErrors.TooDeep(cursor.Origin, session.Options.MaxDepth);
        }

        Stack.Check(cursor.Origin);
    }
}
