using System.Text;
using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Reading;

/// <summary>Values: one or several pieces on a line.</summary>
sealed partial class DocumentReader
{
    // The place is that of the field, for an object; null in an array.
    SyntaxNode ReadValue(Place? place)
    {
        var first = ReadPiece(place) ?? throw HoconErrors.Expected(cursor, "a value");
        var blank = ReadBlank();
        if (IsEndOfValue())
        {
            return first;
        }

        var pieces = new List<SyntaxNode> { first };
        do
        {
            if (blank.Text.Length > 0)
            {
                pieces.Add(blank);
            }

            var next = ReadPiece(place) ?? throw HoconErrors.NotInUnquotedText(cursor);
            CheckJoin(pieces, next);
            pieces.Add(next);
            blank = ReadBlank();
        }
        while (!IsEndOfValue());

        return Join(pieces);
    }

    BlankNode ReadBlank()
    {
        var (start, origin) = (cursor.Position, cursor.Origin);
        while (cursor.Current != '\n' && Cursor.IsBlank(cursor.Current))
        {
            cursor.Move();
        }

        return new BlankNode(cursor.From(start), origin);
    }

    bool IsEndOfValue() =>
        cursor.Current is Cursor.End or '\n' or ',' or '}' or ']' or '#' || (cursor.Current == '/' && cursor.Peek(1) == '/');

    // Null at a character that begins none.
    SyntaxNode? ReadPiece(Place? place)
    {
        var origin = cursor.Origin;
        switch (cursor.Current)
        {
            case '{':
                return ReadObject(place);
            case '[':
                return ReadArray();
            case '"':
                return new TextNode(HoconKind.String, QuotedText.Read(cursor), origin);
            case '$':
                return ReadReference();
            default:
                var text = UnquotedText.Read(cursor);
                return text.Length == 0 ? null : new TextNode(KindOf(text), text, origin);
        }
    }

    static HoconKind KindOf(string text) => text switch
    {
        "true" or "false" => HoconKind.Boolean,
        "null" => HoconKind.Null,
        _ => NumberText.IsNumber(text) ? HoconKind.Number : HoconKind.String,
    };

    ReferenceNode ReadReference()
    {
        var opened = cursor.Origin;
        if (cursor.Peek(1) != '{')
        {
            throw HoconErrors.LoneDollar(cursor);
        }

        cursor.Move(2);
        var isOptional = cursor.Current == '?';
        if (isOptional)
        {
            cursor.Move();
        }

        ReadBlank();
        var keys = PathReader.Read(cursor, "the path of a substitution");
        var isList = cursor.IsAt("[]");
        if (isList)
        {
            cursor.Move(2);
            ReadBlank();
        }

        if (cursor.Current != '}')
        {
            throw HoconErrors.NotClosed(cursor, '}', "${", opened);
        }

        cursor.Move();
        return new ReferenceNode([.. keys.Select(static key => key.Name)], opened)
        {
            IsOptional = isOptional,
            IsList = isList,
            Root = root.IsRoot ? null : root,
        };
    }

    // What is written out can be told at once; substitutions are seen when they are followed.
    static void CheckJoin(List<SyntaxNode> pieces, SyntaxNode next)
    {
        var known = pieces.Find(static piece => piece is TextNode or ArrayNode or ObjectNode);
        if (known is not null && next is not ReferenceNode && known.GetType() != next.GetType())
        {
            throw HoconErrors.CannotJoin(next.Origin, HoconErrors.NameOf(known), HoconErrors.NameOf(next));
        }
    }

    static SyntaxNode Join(List<SyntaxNode> pieces)
    {
        var origin = pieces[0].Origin;
        if (pieces.TrueForAll(static piece => piece is TextNode or BlankNode))
        {
            var text = new StringBuilder();
            foreach (var piece in pieces)
            {
                text.Append((piece as TextNode)?.Text ?? ((BlankNode)piece).Text);
            }

            return new TextNode(HoconKind.String, text.ToString(), origin);
        }

        if (pieces.TrueForAll(static piece => piece is ArrayNode or BlankNode))
        {
            return new ArrayNode([.. pieces.OfType<ArrayNode>().SelectMany(static piece => piece.Elements)], origin);
        }

        if (pieces.TrueForAll(static piece => piece is ObjectNode or BlankNode))
        {
            var merged = (ObjectNode)pieces[0];
            foreach (var piece in pieces.OfType<ObjectNode>().Skip(1))
            {
                merged.Merge(piece);
            }

            return merged;
        }

        return new JoinNode(pieces, origin);
    }
}
