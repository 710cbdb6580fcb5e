using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Errors;

/// <summary>Errors of substitutions and of what they make.</summary>
static partial class HoconErrors
{
    const int LinksMax = 8;

    public static HoconException NotFound(ReferenceNode reference, string nearest) => new(
        reference.Origin,
        reference.IsList
            ? $"{reference} is not set: neither in the configuration, nor as {Cut(string.Join('.', reference.Path))}_0 in the environment{nearest}"
            : $"{reference} is not set, neither in the configuration nor in the environment{nearest}");

    public static HoconException Cycle(ReferenceNode reference, List<Item> resolving)
    {
        var links = resolving.TakeLast(LinksMax).SelectMany(static item => ReferencesOf(item.Node)).Select(static link => $"{link} at {link.Origin}");
        return new(
            reference.Origin,
            $"{reference} leads back to itself, and there is no earlier value to take instead; on the way: {string.Join(", ", links)}");
    }

    public static HoconException ContainsItself(SyntaxNode node) => new(
        node.Origin, $"{string.Join(" and ", ReferencesOf(node).Take(LinksMax))} would be put into itself, without end");

    public static HoconException CannotJoin(HoconOrigin origin, string one, string other) =>
        new(origin, $"expected only texts, only arrays or only objects one after the other, found {one} with {other}");

    public static HoconException TooManySteps(HoconOrigin origin, int max) =>
        new(origin, $"substitutions lead on for more than {Number(max)} steps (HoconOptions.MaxDepth)");

    public static HoconException TooLarge(HoconOrigin origin, int max) =>
        new(origin, $"substitutions copy more than {Number(max)} values (HoconOptions.MaxExpansion)");

    static IEnumerable<ReferenceNode> ReferencesOf(SyntaxNode node) => node switch
    {
        ReferenceNode reference => [reference],
        JoinNode join => join.Pieces.OfType<ReferenceNode>(),
        _ => [],
    };
}
