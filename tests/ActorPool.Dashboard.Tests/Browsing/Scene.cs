using ActorPool.Dashboard.Tests.Hosting;
using ActorPool.TestKit;

namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>A shop's pools under a load that comes and goes in waves, for pictures of the page.</summary>
sealed class Scene : IAsyncDisposable
{
    static readonly string[] Holders =
    [
        "GET /orders/1841", "GET /orders", "POST /checkout", "GET /search?q=lamp", "nightly report", "POST /payments", "GET /stock/77", "session sweeper",
    ];

    readonly SeededRandom _random = new(7);
    readonly CancellationTokenSource _end = new();
    readonly DashboardHost _host;
    readonly List<Member> _members = [];
    Task _work = Task.CompletedTask;

    public Scene(DashboardHost host) => _host = host;

    /// <summary>Adds a pool.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="max">Its size.</param>
    /// <param name="share">How much of it is wanted on the average; above 1 some wait.</param>
    /// <param name="seconds">How long a wave is.</param>
    public ScriptedConnector<ScriptedConnection> Add(string name, int max, double share, double seconds)
    {
        var connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            context.Address = $"{name}.shop.internal:{5400 + (name.Length % 40)}";
            return new ScriptedConnection(context.ConnectionId);
        });
        var pool = _host.AddPool(
            name,
            options =>
            {
                options.MaxSize = max;
                options.MinSize = Math.Min(2, max);
                options.UnavailableAfter = TimeSpan.FromSeconds(4);
                options.AcquireTimeout = TimeSpan.FromSeconds(30);
                options.ReconnectBackoff.Max = TimeSpan.FromSeconds(1);
            },
            connector);
        _members.Add(new Member(pool, max * share, seconds));
        return connector;
    }

    /// <summary>Has somebody hold a connection of the pool that was added last, to the end.</summary>
    public async Task HoldAsync(string holder) =>
        _members[^1].Held.Add(await _members[^1].Pool.AcquireAsync(new AcquireLease(Holder: holder)));

    public void Begin() => _work = WorkAsync();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _members.ForEach(member => member.Held.ForEach(lease => lease.Dispose()));
        _end.Dispose();
    }

    async Task WorkAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            for (var tick = 0; await timer.WaitForNextTickAsync(_end.Token); tick++)
            {
                foreach (var member in _members)
                {
                    Work(member, tick * 0.02);
                }
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var lease in _members.SelectMany(member => member.Leases))
            {
                if (lease.IsCompletedSuccessfully)
                {
                    lease.Result.Dispose();
                }
            }
        }
    }

    void Work(Member member, double seconds)
    {
        var wave = 1 + 0.5 * Math.Sin(seconds * 2 * Math.PI / member.Seconds) + 0.25 * Math.Sin(seconds * 5.3 / member.Seconds * 2 * Math.PI);
        var wanted = (int)Math.Round(member.Wanted * wave + NextDouble() - 0.5);
        while (member.Leases.Count > wanted || (member.Leases.Count > 0 && NextDouble() < 0.3))
        {
            var at = (int)(NextDouble() * NextDouble() * member.Leases.Count);
            var lease = member.Leases[at];
            if (!lease.IsCompleted)
            {
                break;
            }

            member.Leases.RemoveAt(at);
            if (lease.IsCompletedSuccessfully)
            {
                lease.Result.Dispose();
            }
        }

        while (member.Leases.Count < wanted)
        {
            var holder = Holders[(int)(NextDouble() * Holders.Length)];
            member.Leases.Add(member.Pool.AcquireAsync(new AcquireLease(Holder: holder), _end.Token).AsTask());
        }
    }

    double NextDouble() => _random.NextDouble();

    sealed record Member(ConnectionPool<ScriptedConnection> Pool, double Wanted, double Seconds)
    {
        public List<Task<Lease<ScriptedConnection>>> Leases { get; } = [];

        public List<Lease<ScriptedConnection>> Held { get; } = [];
    }
}
