using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Resolving;

/// <summary>What somebody may have meant who wrote a path that is not there.</summary>
static class NearestPath
{
    const int KeysMax = 10_000;

    /// <summary>A half sentence; empty if nothing is near.</summary>
    public static string Describe(ObjectShape root, string[] path)
    {
        var found = new List<string>();
        IEnumerable<string> keys = root.Fields.Keys;
        var at = root.Fields.GetValueOrDefault(path[0]);
        while (at is not null && found.Count < path.Length - 1)
        {
            found.Add(path[found.Count]);
            var objects = at.Items.Select(FieldsOf).Where(static fields => fields is not null).ToList();
            keys = objects.SelectMany(static fields => fields!.Keys);
            at = objects.Select(fields => fields!.GetValueOrDefault(path[found.Count])).LastOrDefault(static field => field is not null);
        }

        if (EditDistance.Nearest(path[found.Count], keys.Take(KeysMax)) is { } near)
        {
            return $"; the nearest is {PathText.Render([.. found, near])}";
        }

        return found.Count == 0 ? "" : $"; there is {PathText.Render(found)}, without {PathText.Render([path[found.Count]])} in it";
    }

    static OrderedDictionary<string, Field>? FieldsOf(Item item) =>
        (item.Shape as ObjectShape)?.Fields ?? (item.Node as ObjectNode)?.Fields;
}
