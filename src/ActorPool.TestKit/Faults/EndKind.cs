namespace ActorPool.TestKit.Faults;

/// <summary>How a connection is ended.</summary>
enum EndKind
{
    /// <summary>In order: FIN.</summary>
    Finish,

    /// <summary>At once: RST.</summary>
    Reset,
}
