using System.Data.Common;
using System.Runtime.CompilerServices;

namespace ActorPool.Data.Leasing;

/// <summary>
/// Gives a connection of Npgsql another reader object. Npgsql makes one for a connection and uses it for every command: who
/// closed his reader and touches it again once somebody else executes (a late <c>Dispose</c> is enough) touches that one's
/// rows. Npgsql's own pool exchanges the object when a connection is closed whose reader is not disposed (its issues 3126 and
/// 3290); a connection of ours is not closed between its holders.
/// </summary>
/// <remarks>
/// <para>
/// A reader of our own around it would do without Npgsql's internals, but what casts to <c>NpgsqlDataReader</c> would fail:
/// Entity Framework's provider does at every <c>SaveChanges</c>. To close the connections of all who have not disposed their
/// readers would cost those who only call <c>Close</c> every connection. Exchanged, it costs an object of 200 bytes for a
/// lease that reads, and covers a second <c>Dispose</c> too.
/// </para>
/// <para>
/// The three members are there in Npgsql 6 to 10. Where they are not, <see cref="TryExchange"/> says so, and the holder's reader
/// is asked whether it was disposed.
/// </para>
/// </remarks>
static class NpgsqlReader
{
    /// <summary>Exchanges the reader that the connection's next command uses; false if this Npgsql does not let us.</summary>
    public static bool TryExchange(DbConnection connection)
    {
        try
        {
            if (ConnectorOf(connection) is { } connector)
            {
                SetReader(connector, NewReader(connector));
            }

            return true;
        }
        catch (Exception error) when (error is MissingMemberException or TypeLoadException or InvalidCastException or IOException)
        {
            // no such member, no such type, another provider's type of this name, no such assembly
            return false;
        }
    }

    /// <summary>Whether a reader that is not open was disposed: whoever did so has promised not to use it again.</summary>
    public static bool IsDisposed(DbDataReader reader)
    {
        try
        {
            _ = reader.FieldCount;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // Null if the connection was closed meanwhile.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Connector")]
    [return: UnsafeAccessorType("Npgsql.Internal.NpgsqlConnector, Npgsql")]
    static extern object? ConnectorOf([UnsafeAccessorType("Npgsql.NpgsqlConnection, Npgsql")] object connection);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType("Npgsql.NpgsqlDataReader, Npgsql")]
    static extern object NewReader([UnsafeAccessorType("Npgsql.Internal.NpgsqlConnector, Npgsql")] object connector);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_DataReader")]
    static extern void SetReader(
        [UnsafeAccessorType("Npgsql.Internal.NpgsqlConnector, Npgsql")] object connector,
        [UnsafeAccessorType("Npgsql.NpgsqlDataReader, Npgsql")] object reader);
}
