namespace ActorPool.Mutations;

/// <summary>What turns cause.</summary>
static class EffectMutations
{
    const string List = "src/ActorPool/Actors/EffectList.cs";

    public static Mutation[] All { get; } =
    [
        new("Of several effects of a turn only the first takes effect", List,
            "            _last.NextEffect = effect;\n",
            "            _last.NextEffect = null;\n"),
        new("What an effect causes in turn is lost", List,
            "Add(effect.Run());",
            "effect.Run();"),
    ];
}
