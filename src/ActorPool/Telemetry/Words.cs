using System.Text;

namespace ActorPool.Telemetry;

/// <summary>The names of attributes and what they may say. Documented at <see cref="PoolTelemetry"/>.</summary>
static class Words
{
    public const string PoolName = "db.client.connection.pool.name";
    public const string State = "db.client.connection.state";
    public const string BudgetName = "actorpool.budget.name";
    public const string BudgetNode = "actorpool.budget.node";
    public const string GroupName = "actorpool.group.name";
    public const string Outcome = "actorpool.acquire.outcome";
    public const string Reason = "actorpool.close.reason";
    public const string ConnectionId = "actorpool.connection.id";
    public const string UseCount = "actorpool.connection.use_count";
    public const string Attempt = "actorpool.open.attempt";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string PeerAddress = "network.peer.address";
    public const string PeerPort = "network.peer.port";
    public const string ErrorType = "error.type";

    /// <summary>What <see cref="State"/> may say.</summary>
    public static readonly string[] States = ["idle", "used", "opening", "probing", "resetting", "closing"];

    /// <summary>What <see cref="Outcome"/> may say.</summary>
    public static readonly string[] Outcomes = ["served_at_once", "waited", "timed_out", "cancelled", "rejected", "shed", "unavailable"];

    /// <summary>What <see cref="Outcome"/> of a group may say.</summary>
    public static readonly string[] GroupOutcomes = ["waited", "timed_out", "cancelled"];

    /// <summary>What <see cref="Reason"/> may say, by the number of the reason.</summary>
    public static readonly string[] Reasons = Array.ConvertAll(Enum.GetNames<CloseReason>(), Small);

    /// <summary>"IdleTimeout" as "idle_timeout".</summary>
    public static string Small(string name)
    {
        var small = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && small.Length > 0)
            {
                small.Append('_');
            }

            small.Append(char.ToLowerInvariant(letter));
        }

        return small.ToString();
    }
}
