namespace ActorPool.Tests.Routing;

/// <summary>A connection that knows which member it leads to.</summary>
public sealed class ReplicaConnection(string member, long id)
{
    public string Member { get; } = member;

    public long Id { get; } = id;

    public override string ToString() => $"{Member}/{Id}";
}
