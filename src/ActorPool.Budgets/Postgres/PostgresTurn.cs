using Npgsql;

namespace ActorPool.Budgets.Postgres;

/// <summary>An exchange's turn with the session's one connection. It ends once: with the exchange, or before it if that hangs and nobody waits for it any more.</summary>
sealed class PostgresTurn
{
    volatile NpgsqlConnection? _connection;
    bool _isEnded;

    /// <summary>What it works on; null as long as it has not begun.</summary>
    public NpgsqlConnection? Connection
    {
        get => _connection;
        set => _connection = value;
    }

    /// <summary>True for the one who ends it, and lets in the next.</summary>
    public bool TryEnd() => !Interlocked.Exchange(ref _isEnded, true);
}
