using System.Globalization;
using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>Where substitutions look: from the root of their file, from the root of all, in the environment.</summary>
sealed partial class Resolver
{
    Shape Find(ReferenceNode reference)
    {
        _hasLookedBack = false;
        var shape = reference.Root is null ? Shape.Undefined : Lookup(reference.Root, reference);
        if (shape == Shape.Undefined)
        {
            shape = Lookup(Place.Root, reference);
        }

        if (shape == Shape.Undefined)
        {
            shape = reference.IsList ? ListFromEnvironment(reference) : FromEnvironment(reference);
        }

        if (shape == Shape.Undefined && !reference.IsOptional)
        {
            throw _hasLookedBack
                ? HoconErrors.Cycle(reference, _resolving)
                : HoconErrors.NotFound(reference, NearestPath.Describe(_root, reference.Path));
        }

        return shape;
    }

    // In an element of an array no path leads back to the field, but then its items are those that it is evaluated with.
    Shape Previous(PreviousNode previous, FieldView below) =>
        previous.Place.Element is null ? Lookup(_root, previous.Place.Keys(), previous) : Outermost(below);

    Shape Lookup(Place root, ReferenceNode reference) =>
        Lookup(root.Element is null ? _root : new ObjectShape(root.Element.Fields, root.Element.Origin), root.Keys(reference.Path), reference);

    Shape Lookup(ObjectShape root, string[] path, SyntaxNode node)
    {
        _budget.SpendSteps(path.Length, node.Origin);
        if (!root.Fields.TryGetValue(path[0], out var field))
        {
            return Shape.Undefined;
        }

        var view = field.View;
        foreach (var key in path.AsSpan(1))
        {
            if (Child(view, key, node) is not { } child)
            {
                return Shape.Undefined;
            }

            (view, field) = (child.View, child);
        }

        return field.Shape ?? Outermost(view);
    }

    // The field of a key in whichever of the items have it, from the last on until one hides those below.
    Field? Child(FieldView view, string key, SyntaxNode node)
    {
        view = Visible(view);
        ResolveUpwards(view);
        List<Field>? found = null;
        for (var index = view.Count - 1; index >= 0; index--)
        {
            _budget.SpendSteps(1, node.Origin);
            var shape = Resolve(view, index);
            if (shape is ObjectShape parent)
            {
                if (parent.Fields.TryGetValue(key, out var field))
                {
                    (found ??= []).Insert(0, field);
                    if (field.Items[^1].Node is TextNode or ArrayNode)
                    {
                        break;
                    }
                }
            }
            else if (shape != Shape.Undefined)
            {
                break;
            }
        }

        return found is null ? null : found.Count == 1 ? found[0] : Together(found);
    }

    Shape FromEnvironment(ReferenceNode reference) =>
        _options.Environment(string.Join('.', reference.Path)) is { } text ? Variable(text, reference) : Shape.Undefined;

    Shape ListFromEnvironment(ReferenceNode reference)
    {
        var name = string.Join('.', reference.Path);
        var elements = new List<Item>();
        while (_options.Environment(string.Create(CultureInfo.InvariantCulture, $"{name}_{elements.Count}")) is { } text)
        {
            _budget.SpendValues(1, reference.Origin);
            elements.Add(new Item(reference, reference.Origin) { Shape = Variable(text, reference) });
        }

        return elements.Count == 0 ? Shape.Undefined : new ArrayShape(elements, reference.Origin);
    }

    static TextShape Variable(string text, ReferenceNode reference) => new(new HoconScalar(HoconKind.String, text, reference.Origin));
}
