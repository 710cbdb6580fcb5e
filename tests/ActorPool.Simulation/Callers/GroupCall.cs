namespace ActorPool.Simulation.Callers;

/// <summary>An acquire at a group: what was wanted, and what was known when it began.</summary>
/// <param name="Call">The acquire.</param>
/// <param name="Role">In which role the member must be.</param>
/// <param name="Told">How often any server had said its role when it began.</param>
/// <param name="IsUse">Whether it is an operation that leases for itself.</param>
sealed record GroupCall(Call Call, TargetRole Role, int Told, bool IsUse)
{
    /// <summary>Whether it got what it wanted.</summary>
    public bool WasServed { get; set; }

    public override string ToString() => Call.ToString();
}
