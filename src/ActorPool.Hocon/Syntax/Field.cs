using ActorPool.Hocon.Resolving;

namespace ActorPool.Hocon.Syntax;

/// <summary>What was assigned to a key, one after the other; what cannot be seen any more is left out.</summary>
sealed class Field
{
    public List<Item> Items { get; } = [];

    public FieldView View => new(Items, Items.Count);

    /// <summary>What the whole field is at its outermost, once it is known.</summary>
    public Shape? Shape { get; set; }

    public void Add(Item item)
    {
        if (item.Node is ObjectNode added && Items is [.., { Node: ObjectNode last }])
        {
            last.Merge(added);
            return;
        }

        if (item.Node is TextNode or ArrayNode)
        {
            Items.Clear();
        }

        item.Home = Items;
        item.Index = Items.Count;
        Items.Add(item);
    }
}
