namespace ActorPool.Stress;

static class ActorScenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [];
}
