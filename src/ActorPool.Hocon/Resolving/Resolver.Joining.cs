using System.Text;
using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Reading;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>Values one after the other, known to be what only now that their substitutions are followed.</summary>
sealed partial class Resolver
{
    Shape Join(JoinNode join, FieldView below)
    {
        var shapes = join.Pieces.ConvertAll(piece => piece is BlankNode ? Shape.Undefined : Follow(piece, below));
        if (shapes.Exists(static shape => shape is ArrayShape))
        {
            return JoinArrays(join, shapes);
        }

        return shapes.Exists(static shape => shape is ObjectShape) ? JoinObjects(join, shapes) : JoinTexts(join, shapes);
    }

    ArrayShape JoinArrays(JoinNode join, List<Shape> shapes)
    {
        ArrayShape? joined = null;
        for (var index = 0; index < shapes.Count; index++)
        {
            var next = shapes[index] as ArrayShape ?? (shapes[index] as ObjectShape is { } fields ? ToArray(fields) : null);
            if (next is null)
            {
                CheckNothing(join, shapes, index, "an array");
            }
            else if (joined is null)
            {
                joined = next;
            }
            else
            {
                _budget.SpendValues(joined.CostOf(next), join.Origin);
                joined = joined.Join(next, join.Origin);
            }
        }

        return joined!;
    }

    ObjectShape JoinObjects(JoinNode join, List<Shape> shapes)
    {
        var objects = new List<ObjectShape>();
        for (var index = shapes.Count - 1; index >= 0; index--)
        {
            if (shapes[index] is ObjectShape fields)
            {
                objects.Add(fields);
            }
            else
            {
                CheckNothing(join, shapes, index, "an object");
            }
        }

        return Merge(objects);
    }

    Shape JoinTexts(JoinNode join, List<Shape> shapes)
    {
        var isUndefined = true;
        var text = new StringBuilder();
        for (var index = 0; index < shapes.Count; index++)
        {
            var piece = shapes[index] is TextShape shape ? shape.Scalar.Text : (join.Pieces[index] as BlankNode)?.Text;
            isUndefined &= piece is null;
            _budget.SpendCharacters(join.Pieces[index] is ReferenceNode ? piece?.Length ?? 0 : 0, join.Origin);
            text.Append(piece);
        }

        return isUndefined ? Shape.Undefined : new TextShape(new HoconScalar(HoconKind.String, text.ToString(), join.Origin));
    }

    // Between arrays, and between objects, there may be what is undefined and unquoted whitespace.
    static void CheckNothing(JoinNode join, List<Shape> shapes, int index, string expected)
    {
        if (shapes[index] != Shape.Undefined)
        {
            throw HoconErrors.CannotJoin(join.Pieces[index].Origin, expected, HoconErrors.NameOf(shapes[index]));
        }
    }

    static ArrayShape? ToArray(ObjectShape fields)
    {
        var elements = IndexText.InOrder(fields.Fields)
            .Select(static field => new Item(new FieldNode(field, field.Items[0].KeyOrigin), field.Items[0].KeyOrigin))
            .ToList();
        return elements.Count == 0 ? null : new ArrayShape(elements, fields.Origin);
    }
}
