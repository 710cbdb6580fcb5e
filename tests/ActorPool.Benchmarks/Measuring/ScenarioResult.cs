namespace ActorPool.Benchmarks.Measuring;

/// <summary>The answer to a scenario's question.</summary>
sealed class ScenarioResult(Scenario scenario, IReadOnlyList<ContenderResult> contenders)
{
    public Scenario Scenario { get; } = scenario;

    public IReadOnlyList<ContenderResult> Contenders { get; } = contenders;

    public ContenderResult this[string name] => Find(name) ?? throw new InvalidOperationException($"{name} took no part.");

    public ContenderResult? Find(string name) =>
        Contenders.FirstOrDefault(contender => string.Equals(contender.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// What a contender allocates per lease: all that was allocated, less what the loop alone does.
    /// </summary>
    public double OwnBytesPerLease(ContenderResult contender) =>
        Math.Max(0, contender.BytesPerLease - (Find(Names.NoPool)?.BytesPerLease ?? 0));
}
