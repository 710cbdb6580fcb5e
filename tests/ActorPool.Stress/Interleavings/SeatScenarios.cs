namespace ActorPool.Stress;

static class SeatScenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [];
}
