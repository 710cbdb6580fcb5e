namespace ActorPool;

/// <summary>What becomes of a connection whose server does not go over to TLS (<see cref="StartTlsOptions.Policy"/>).</summary>
public enum StartTlsPolicy
{
    /// <summary>The open fails, as <see cref="OpenFailureKind.Configuration"/>: neither a login nor anything else is sent in the clear.</summary>
    Required = 0,

    /// <summary>
    /// The connection goes on in the clear, login included. Whoever sits in between can bring that about: it protects from
    /// listeners only.
    /// </summary>
    Preferred,
}
