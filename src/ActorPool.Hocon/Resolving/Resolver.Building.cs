using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Reading;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>Whole values, from the outermost on inwards.</summary>
sealed partial class Resolver
{
    HoconValue Build(Shape shape, int depth)
    {
        if (shape.Value is not null)
        {
            _budget.SpendValues(shape is TextShape ? 0 : shape.Value.Size, shape.Value.Origin);
            return shape.Value;
        }

        var origin = (shape as ObjectShape)?.Origin ?? ((ArrayShape)shape).Origin;
        if (depth > _options.MaxDepth)
        {
            throw HoconErrors.TooDeep(origin, _options.MaxDepth);
        }

        Stack.Check(origin);
        shape.IsBuilding = true;
        shape.Value = shape is ObjectShape fields ? BuildObject(fields, depth) : BuildArray((ArrayShape)shape, depth);
        shape.IsBuilding = false;
        return shape.Value;
    }

    HoconObject BuildObject(ObjectShape shape, int depth)
    {
        var fields = new OrderedDictionary<string, HoconField>(shape.Fields.Count, StringComparer.Ordinal);
        foreach (var (key, field) in shape.Fields)
        {
            field.Shape ??= Outermost(field.View);
            var view = field.View;
            if (BuildField(field.Shape, ref view, depth) is { } value)
            {
                fields.Add(key, new(value, KeyOrigin(view, value)));
            }
        }

        return new HoconObject(fields, shape.Origin);
    }

    // An object that contains itself: without the optional substitution that closes the circle it does not.
    HoconValue? BuildField(Shape shape, ref FieldView view, int depth)
    {
        while (shape.IsBuilding)
        {
            view = view.Below(LastDefined(view));
            var node = view.Items[view.Count].Node;
            if (node is not ReferenceNode { IsOptional: true })
            {
                throw HoconErrors.ContainsItself(node);
            }

            shape = Outermost(view);
        }

        return shape == Shape.Undefined ? null : Build(shape, depth + 1);
    }

    HoconArray BuildArray(ArrayShape shape, int depth)
    {
        var elements = new List<HoconValue>(shape.Count);
        for (var index = 0; index < shape.Count; index++)
        {
            if (BuildElement(shape.Items[index], depth) is { } value)
            {
                elements.Add(value);
            }
        }

        return new HoconArray(elements, shape.Origin);
    }

    HoconValue? BuildElement(Item item, int depth)
    {
        var shape = item.Shape ?? ResolveNew(item, default);
        if (shape.IsBuilding)
        {
            return item.Node is ReferenceNode { IsOptional: true } ? null : throw HoconErrors.ContainsItself(item.Node);
        }

        return shape == Shape.Undefined ? null : Build(shape, depth + 1);
    }

    HoconOrigin KeyOrigin(FieldView view, HoconValue value) =>
        view.Items[value is HoconObject ? 0 : LastDefined(view)].KeyOrigin;

    int LastDefined(FieldView view)
    {
        var index = view.Count - 1;
        while (index > 0 && Resolve(view, index) == Shape.Undefined)
        {
            index--;
        }

        return index;
    }
}
