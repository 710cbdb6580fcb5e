using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>A PostgreSQL server to measure Npgsql's pool on, if there is one.</summary>
static class PostgresServer
{
    const string Variable = "ACTORPOOL_PG";

    static readonly int[] Ports = [15432, 5432];
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Looks for a server that lets us in.</summary>
    /// <param name="missing">Why there is none, in words for the report; empty if there is one.</param>
    /// <returns>Its connection string, or null.</returns>
    public static string? Find(out string missing)
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            var port = Ports.FirstOrDefault(IsListening);
            if (port == 0)
            {
                missing = $"{Variable} is not set, and nothing listens on 127.0.0.1:{string.Join(" or :", Ports)}";
                return null;
            }

            given = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        }

        try
        {
            var settings = new NpgsqlConnectionStringBuilder(given) { Pooling = false, Timeout = (int)Patience.TotalSeconds };
            using var connection = new NpgsqlConnection(settings.ConnectionString);
            connection.Open();
            missing = "";
            return given;
        }
        catch (Exception error) when (error is NpgsqlException or ArgumentException or TimeoutException)
        {
            missing = $"the PostgreSQL server does not let us in: {error.Message.ReplaceLineEndings(" ")}";
            return null;
        }
    }

    static bool IsListening(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
