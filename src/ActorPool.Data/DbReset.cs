namespace ActorPool.Data;

/// <summary>What is cleaned up on a connection that comes back to its pool.</summary>
public enum DbReset
{
    /// <summary>Nothing that was begun by SQL text. Transactions of <c>BeginTransaction</c> are rolled back all the same.</summary>
    None = 0,

    /// <summary>
    /// A transaction that is still open is rolled back, also one that was begun by SQL text. Costs nothing where none was begun.
    /// </summary>
    Rollback,

    /// <summary>
    /// The whole session is reset after every lease: <see cref="DbConnectorOptions.SessionResetSql"/>, by default
    /// <c>DISCARD ALL</c>. It is sent when the connection comes back, and no caller waits for it while another one is idle.
    /// </summary>
    Session,
}
