using System.Net.Sockets;

namespace ActorPool.TestKit;

/// <summary>How connections, and the server, come to their end; and back.</summary>
public sealed partial class ScriptedConnector<TConnection>
{
    static readonly StepPlan Broken = StepPlan.Fail(new IOException("The connection is dead."));

    // Dead connections, and how whatever is asked of them goes.
    readonly Dictionary<TConnection, StepPlan> _dead = new(ReferenceEqualityComparer.Instance);

    // How opens go while the server is down; null while it is up.
    StepPlan? _down;

    /// <summary>
    /// From now on a connection is dead, and nobody has told the pool: <see cref="IsReusable"/> says so, and its probes, resets and
    /// operations fail with an <see cref="IOException"/>. For a death that the pool is told of see <see cref="Condemn"/>.
    /// </summary>
    /// <param name="connection">The connection, idle or leased.</param>
    public void Kill(TConnection connection) => Kill(connection, Broken);

    /// <summary>As <see cref="Kill(TConnection)"/>, its probes, resets and operations going as planned here.</summary>
    /// <param name="connection">The connection, idle or leased.</param>
    /// <param name="from">How they go. <see cref="StepPlan.Hang"/> is a connection whose other end has vanished.</param>
    public void Kill(TConnection connection, StepPlan from)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(from);
        Locked(() => _dead[connection] = from);
    }

    /// <summary><see cref="Kill(TConnection)"/> for every connection that is open now: the server was restarted. Opens succeed.</summary>
    /// <param name="from">How what is asked of them goes; null fails with an <see cref="IOException"/>.</param>
    public void KillAll(StepPlan? from = null)
    {
        foreach (var connection in Open)
        {
            Kill(connection, from ?? Broken);
        }
    }

    /// <summary>Has a connection condemn itself: it died, and the pool is told at once.</summary>
    /// <param name="connection">The connection, idle or leased; one that is not open is ignored.</param>
    /// <param name="reason">What happened.</param>
    public void Condemn(TConnection connection, Exception reason) =>
        Locked(() => _open.GetValueOrDefault(connection))?.Condemn(reason);

    /// <summary>
    /// Takes the server away: every open connection is dead (<see cref="KillAll"/>), and opens go as planned here until
    /// <see cref="StartServer"/>, <see cref="Opens"/> being left as it is.
    /// </summary>
    /// <param name="plan">
    /// How opens go, and what is asked of the connections; null refuses the ones with a <see cref="SocketException"/> and breaks the
    /// others with an <see cref="IOException"/>. <see cref="StepPlan.Hang"/> is a network that swallows everything.
    /// </param>
    public void StopServer(StepPlan? plan = null)
    {
        Locked(() => _down = plan ?? StepPlan.Fail(new SocketException((int)SocketError.ConnectionRefused)));
        KillAll(plan);
    }

    /// <summary>Brings the server back: opens go by <see cref="Opens"/> again. What was dead stays dead, and what hangs goes on hanging.</summary>
    public void StartServer() => Locked(() => _down = null);

    StepPlan? DeathOf(TConnection connection) => Locked(() => _dead.GetValueOrDefault(connection));

    /// <summary>An open needs the server at its beginning and at its end.</summary>
    async ValueTask ReachServerAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var down = Locked(() => _down);
        await FollowAsync(down ?? Opens.Take(), time, cancellationToken).ConfigureAwait(false);
        if (down is null && Locked(() => _down) is { } since)
        {
            await FollowAsync(since, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
