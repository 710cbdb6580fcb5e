namespace ActorPool.Stress;

static class LeaseScenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [];
}
