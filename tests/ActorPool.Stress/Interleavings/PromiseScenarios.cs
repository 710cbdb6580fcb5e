namespace ActorPool.Stress;

static class PromiseScenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [];
}
