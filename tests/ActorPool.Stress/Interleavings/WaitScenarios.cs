namespace ActorPool.Stress;

static class WaitScenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [];
}
