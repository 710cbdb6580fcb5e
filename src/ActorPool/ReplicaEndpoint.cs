namespace ActorPool;

/// <summary>A member of a replica group: where it is, and what it was called.</summary>
/// <param name="Address">Where connections lead. Its host is an address if the group looks names up, otherwise as configured.</param>
/// <param name="Name">The endpoint as configured. Its host is the name that TLS certificates are checked for.</param>
public sealed record ReplicaEndpoint(Endpoint Address, Endpoint Name)
{
    /// <summary>The address, and the name if that is another.</summary>
    public override string ToString() => Address == Name ? Address.ToString() : $"{Address} ({Name.Host})";
}
