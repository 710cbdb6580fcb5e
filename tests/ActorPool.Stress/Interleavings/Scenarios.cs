namespace ActorPool.Stress;

/// <summary>All scenarios.</summary>
static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. MailboxScenarios.All, .. ActorScenarios.All, .. PromiseScenarios.All, .. SeatScenarios.All, .. LeaseScenarios.All, .. WaitScenarios.All,
    ];

    /// <summary>Those of a name, or all whose names begin so.</summary>
    public static IReadOnlyList<Scenario> Named(string name)
    {
        var exact = All.Where(scenario => scenario.Name == name).ToList();
        return exact.Count > 0 ? exact : [.. All.Where(scenario => scenario.Name.StartsWith(name, StringComparison.Ordinal))];
    }
}
