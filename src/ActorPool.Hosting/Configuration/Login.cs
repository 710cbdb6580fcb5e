namespace ActorPool.Hosting.Configuration;

/// <summary>A user and a password, as written.</summary>
sealed class Login
{
    /// <summary>The user; null if none is given.</summary>
    public string? UserName { get; set; }

    /// <summary>The password; null if none is given.</summary>
    public string? Password { get; set; }

    /// <summary>Who tells connectors; null if neither is given.</summary>
    public ICredentialProvider? ToProvider() =>
        UserName is null && Password is null ? null : CredentialProvider.Fixed(UserName, Password);
}
