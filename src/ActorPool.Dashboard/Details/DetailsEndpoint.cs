using System.Globalization;
using ActorPool.Dashboard.Live;
using Microsoft.AspNetCore.Http;

namespace ActorPool.Dashboard.Details;

/// <summary>What is asked for only when somebody looks closely: one pool with its connections, one connection with its flight recorder.</summary>
sealed class DetailsEndpoint(PoolSource pools, PoolJournals journals)
{
    const int ConnectionsDefault = 200;
    const int ConnectionsMax = 2_000;

    /// <summary><c>GET pool?id=12&amp;limit=200</c>.</summary>
    public Task PoolAsync(HttpContext context)
    {
        if (Find(context, "id") is not { } pool)
        {
            return NoPoolAsync(context);
        }

        var limit = (int)Math.Clamp(Number(context, "limit") ?? ConnectionsDefault, 1, ConnectionsMax);
        return Answer.SendAsync(
            context,
            StatusCodes.Status200OK,
            (Number: pools.NumberOf(pool), Snapshot: pool.Snapshot(), Journal: journals.Watch(pool), Limit: limit),
            static (json, state) => PoolDetails.Write(json, state.Number, state.Snapshot, state.Journal, state.Limit));
    }

    /// <summary><c>GET connection?pool=12&amp;id=7</c>.</summary>
    public Task ConnectionAsync(HttpContext context)
    {
        if (Find(context, "pool") is not { } pool)
        {
            return NoPoolAsync(context);
        }

        var id = Number(context, "id");
        return pool.Snapshot().Connections.FirstOrDefault(connection => connection.ConnectionId == id) is { } connection
            ? Answer.SendAsync(context, StatusCodes.Status200OK, connection, ConnectionDetails.Write)
            : Answer.ErrorAsync(context, StatusCodes.Status404NotFound, $"Connection {id} of pool '{Text.Bounded(pool.Name, Text.NameMax)}' is closed.");
    }

    public static Task NoPoolAsync(HttpContext context) =>
        Answer.ErrorAsync(context, StatusCodes.Status404NotFound, "The pool is closed.");

    IConnectionPool? Find(HttpContext context, string name) => Number(context, name) is { } number ? pools.Find(number) : null;

    static long? Number(HttpContext context, string name) =>
        long.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
