using System.Data.Common;
using System.Runtime.CompilerServices;

namespace ActorPool.Data.Leasing;

/// <summary>
/// What is executed on a provider's connection, for the connector that closes it under its holder: the pool hands the
/// connector nothing but the connection.
/// </summary>
sealed class HeldConnection
{
    // Of all pools, as a directory may make a pool again, with another connector, under a data source that goes on.
    static readonly ConditionalWeakTable<DbConnection, HeldConnection> All = [];

    OpenWork? _work;

    /// <summary>The work of whoever executed last and has not closed his connection; null for nobody.</summary>
    public OpenWork? Work => Volatile.Read(ref _work);

    public static HeldConnection Of(DbConnection connection) => All.GetValue(connection, static _ => new HeldConnection());

    public static OpenWork? WorkOn(DbConnection connection) => All.TryGetValue(connection, out var held) ? held.Work : null;

    public void Enter(OpenWork work) => Volatile.Write(ref _work, work);

    /// <summary>Nothing of a holder's is under way any more; another one may have executed since, in the same transaction.</summary>
    public void Leave(OpenWork work) => Interlocked.CompareExchange(ref _work, null, work);
}
