namespace ActorPool.Hocon.Syntax;

/// <summary>An object in braces, a whole file, or what a path as a key makes; with all that was merged into it.</summary>
sealed class ObjectNode(HoconOrigin origin) : SyntaxNode(origin)
{
    public OrderedDictionary<string, Field> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The field of a key, made if it is not there.</summary>
    public Field FieldOf(string key)
    {
        if (!Fields.TryGetValue(key, out var field))
        {
            Fields.Add(key, field = new Field());
        }

        return field;
    }

    /// <summary>Lets the fields of another object override and be merged with those of this one.</summary>
    public void Merge(ObjectNode other)
    {
        foreach (var (key, field) in other.Fields)
        {
            if (!Fields.TryAdd(key, field))
            {
                var own = Fields[key];
                foreach (var item in field.Items)
                {
                    own.Add(item);
                }
            }
        }
    }
}
