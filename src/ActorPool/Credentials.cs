namespace ActorPool;

/// <summary>
/// Who we are to an endpoint. Two are equal if they say the same; the secret shows nowhere but in <see cref="Secret"/>.
/// </summary>
public sealed class Credentials : IEquatable<Credentials>
{
    /// <summary>A name and a secret.</summary>
    /// <param name="userName">The user; null if the secret alone suffices.</param>
    /// <param name="secret">A password or token; null if there is none.</param>
    /// <param name="renewAt">When the provider wants to be asked again, before the secret expires; null for never.</param>
    public Credentials(string? userName, string? secret, DateTimeOffset? renewAt = null)
    {
        UserName = userName;
        Secret = secret;
        RenewAt = renewAt;
    }

    /// <summary>The user; null if the secret alone suffices.</summary>
    public string? UserName { get; }

    /// <summary>The password or token; null if there is none.</summary>
    public string? Secret { get; }

    /// <summary>When the pool asks its provider again; null: at the next open.</summary>
    public DateTimeOffset? RenewAt { get; }

    /// <summary>Whether both have the same user and the same secret.</summary>
    public bool Equals(Credentials? other) =>
        other is not null && UserName == other.UserName && Secret == other.Secret;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Credentials);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(UserName, Secret);

    /// <summary>The user, without the secret.</summary>
    public override string ToString() => UserName is { } user ? $"user '{user}'" : "credentials without a user";
}
