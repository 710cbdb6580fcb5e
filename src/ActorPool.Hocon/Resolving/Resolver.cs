using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Reading;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>
/// Follows substitutions as the specification's section <i>Substitutions</i> has it. Nothing is evaluated before it is needed, and
/// then only at its outermost (<see cref="Shape"/>). A substitution that comes back to an item that is being evaluated looks back:
/// that item and those that override it do not exist for it. What it finds is kept with its item: two that lead to each other are
/// the same in the end, whoever was first.
/// </summary>
sealed partial class Resolver
{
    readonly HoconOptions _options;
    readonly ObjectShape _root;
    readonly Budget _budget;
    readonly List<Item> _resolving = [];

    // whether the substitution that is being followed came back to an item that is being evaluated
    bool _hasLookedBack;

    Resolver(HoconOptions options, ObjectNode? root)
    {
        _options = options;
        _budget = new(options.MaxExpansion);
        _root = new(root?.Fields ?? [], root?.Origin ?? default);
    }

    /// <summary>The value of a whole text.</summary>
    public static HoconValue Resolve(SyntaxNode root, HoconOptions options)
    {
        var resolver = new Resolver(options, root as ObjectNode);
        return root is ArrayNode array
            ? resolver.Build(new ArrayShape(array.Elements, array.Origin), depth: 0)
            : resolver.Build(resolver._root, depth: 0);
    }

    // What the items of a field are together: the last one that is defined, merged with those below it while they are objects.
    Shape Outermost(FieldView view)
    {
        view = Visible(view);
        ResolveUpwards(view);
        List<ObjectShape>? objects = null;
        for (var index = view.Count - 1; index >= 0; index--)
        {
            var shape = Resolve(view, index);
            if (shape is ObjectShape fields)
            {
                (objects ??= []).Add(fields);
            }
            else if (shape != Shape.Undefined)
            {
                return objects is null ? shape : Merge(objects);
            }
        }

        return objects is null ? Shape.Undefined : Merge(objects);
    }

    // From the last to the first: the first defines the order of the keys.
    ObjectShape Merge(List<ObjectShape> objects)
    {
        if (objects.Count == 1)
        {
            return objects[0];
        }

        var origin = objects[^1].Origin;
        var merged = new OrderedDictionary<string, Field>(StringComparer.Ordinal);
        for (var index = objects.Count - 1; index >= 0; index--)
        {
            _budget.SpendValues(objects[index].Fields.Count, origin);
            foreach (var (key, field) in objects[index].Fields)
            {
                if (!merged.TryAdd(key, field))
                {
                    merged[key] = Together([merged[key], field]);
                }
            }
        }

        return new ObjectShape(merged, origin);
    }

    // The items stay those that they are, with what is known of them; they do not get another home.
    Field Together(IEnumerable<Field> fields)
    {
        var together = new Field();
        foreach (var field in fields)
        {
            _budget.SpendSteps(field.Items.Count, field.Items[0].KeyOrigin);
            together.Items.AddRange(field.Items);
        }

        return together;
    }

    // The items below the first one that is being evaluated.
    FieldView Visible(FieldView view)
    {
        if (_resolving.Count == 0 || view.Count == 0)
        {
            return view;
        }

        var visible = view.Count;
        foreach (var item in _resolving)
        {
            var index = item.Home == view.Items ? item.Index : item.Home is null ? -1 : IndexIn(view, item);
            if (index >= 0 && index < view.Count)
            {
                visible = Math.Min(visible, index);
                _hasLookedBack = true;
            }
        }

        return view.Below(visible);
    }

    // Only lists that were put together hold items of other homes.
    int IndexIn(FieldView view, Item item)
    {
        if (view.Items[0].Home == view.Items)
        {
            return -1;
        }

        _budget.SpendSteps(view.Count, item.KeyOrigin);
        return view.Items.IndexOf(item, 0, view.Count);
    }

    // Items that look back at those below them in any case: from below, so that a thousand of them are no recursion.
    void ResolveUpwards(FieldView view)
    {
        var first = view.Count - 1;
        while (first > 0 && view.Items[first] is { LooksBack: true, Shape: null })
        {
            first--;
        }

        for (var index = first + 1; index < view.Count - 1; index++)
        {
            Resolve(view, index);
        }
    }

    Shape Resolve(FieldView view, int index)
    {
        var item = view.Items[index];
        return item.Shape ?? ResolveNew(item, view.Below(index));
    }

    Shape ResolveNew(Item item, FieldView below)
    {
        switch (item.Node)
        {
            case TextNode or ArrayNode or ObjectNode:
                return item.Shape = Literal(item.Node);
            case FieldNode field:
                return Outermost(field.Field.View);
        }

        Enter(item);
        try
        {
            return item.Shape = Follow(item.Node, below);
        }
        finally
        {
            _resolving.RemoveAt(_resolving.Count - 1);
        }
    }

    void Enter(Item item)
    {
        if (_resolving.Count >= _options.MaxDepth)
        {
            throw HoconErrors.TooManySteps(item.Node.Origin, _options.MaxDepth);
        }

        Stack.Check(item.Node.Origin);
        _resolving.Add(item);
    }

    Shape Follow(SyntaxNode node, FieldView below) => node switch
    {
        ReferenceNode reference => Find(reference),
        PreviousNode previous => Previous(previous, below),
        JoinNode join => Join(join, below),
        _ => Literal(node),
    };

    static Shape Literal(SyntaxNode node) => node switch
    {
        TextNode text => new TextShape(new HoconScalar(text.Kind, text.Text, text.Origin)),
        ArrayNode array => new ArrayShape(array.Elements, array.Origin),
        ObjectNode fields => new ObjectShape(fields.Fields, fields.Origin),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} is no literal."),
    };
}
