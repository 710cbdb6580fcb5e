using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>What tests of replica groups share: virtual time, a scripted connector per member, the book-keeping at the end.</summary>
public abstract class ReplicaGroupTest : IDisposable
{
    protected const string A = "a:1";
    protected const string B = "b:1";
    protected const string C = "c:1";

    readonly Dictionary<string, ScriptedConnector<ReplicaConnection>> _connectors = [];
    readonly List<ReplicaGroup<ReplicaConnection>> _groups = [];

    protected VirtualRuntime World { get; private set; } = new(seed: 7);

    public void Dispose()
    {
        foreach (var group in _groups)
        {
            var drained = group.DrainAsync(TimeSpan.Zero);
            foreach (var connector in _connectors.Values)
            {
                connector.ReleaseHung();
            }

            World.Advance(TimeSpan.FromMinutes(1));
            foreach (var connector in _connectors.Values)
            {
                connector.ReleaseHung();
            }

            World.Run();
            Assert.True(drained.IsCompletedSuccessfully, $"the group did not drain: {group.Snapshot()}");
            Assert.Equal(0, group.Snapshot().Size);
            Assert.Equal(0, group.Snapshot().Waiting);
        }

        // Members that left are drained in the background; what that leaves to do may come from another thread.
        World.Run();
        foreach (var connector in _connectors.Values)
        {
            Assert.Empty(connector.Violations);
            Assert.Empty(connector.Open);
        }

        Assert.Null(World.Time.NextTimerIn);
        GC.SuppressFinalize(this);
    }

    protected static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>The connector of a member, made when first asked for.</summary>
    protected ScriptedConnector<ReplicaConnection> Member(string endpoint)
    {
        if (!_connectors.TryGetValue(endpoint, out var connector))
        {
            connector = new ScriptedConnector<ReplicaConnection>(context => new ReplicaConnection(endpoint, context.ConnectionId))
            {
                Steps = ConnectorSteps.Probe | ConnectorSteps.Reuse,
            };
            _connectors.Add(endpoint, connector);
        }

        return connector;
    }

    protected ReplicaGroup<ReplicaConnection> Create(
        string[] endpoints, Action<ReplicaGroupOptions<ReplicaConnection>>? configure = null)
    {
        var options = new ReplicaGroupOptions<ReplicaConnection>
        {
            Pool = { Name = "replicas", LifetimeJitter = 0, ReconnectBackoff = { Jitter = false } },
        };
        configure?.Invoke(options);
        var group = new ReplicaGroup<ReplicaConnection>(
            target => Member(target.Address.ToString()), endpoints.Select(Endpoint.Parse), options, World.Runtime);
        _groups.Add(group);
        World.Run();
        return group;
    }

    /// <summary>A group whose members have a connection each, idle.</summary>
    protected ReplicaGroup<ReplicaConnection> CreateWarm(
        string[] endpoints, Action<ReplicaGroupOptions<ReplicaConnection>>? configure = null) =>
        Create(endpoints, options =>
        {
            options.Pool.MinSize = 1;
            configure?.Invoke(options);
        });

    /// <summary>Acquires; there must be a lease without the clock moving.</summary>
    protected Lease<ReplicaConnection> Acquire(ReplicaGroup<ReplicaConnection> group, ReplicaRequest request = default)
    {
        var acquire = Begin(group, request);
        Assert.True(acquire.IsCompleted, $"no lease: {group.Snapshot()}");
        return acquire.GetAwaiter().GetResult();
    }

    protected Task<Lease<ReplicaConnection>> Begin(
        ReplicaGroup<ReplicaConnection> group, ReplicaRequest request = default, CancellationToken cancellationToken = default)
    {
        var acquire = group.AcquireAsync(request, cancellationToken).AsTask();
        World.Run();
        return acquire;
    }

    /// <summary>Leases and returns so many times; says how often each member served.</summary>
    protected Dictionary<string, int> Serve(ReplicaGroup<ReplicaConnection> group, int times, Func<int, ReplicaRequest>? request = null)
    {
        var served = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < times; i++)
        {
            using var lease = Acquire(group, request?.Invoke(i) ?? default);
            var member = lease.Connection.Member;
            served[member] = served.GetValueOrDefault(member) + 1;
        }

        return served;
    }

    protected static ReplicaSnapshot Of(ReplicaGroup<ReplicaConnection> group, string endpoint) =>
        Assert.Single(group.Members, member => member.Endpoint.Address.ToString() == endpoint);

    protected static TException Failure<TException>(Task task)
        where TException : Exception
    {
        Assert.True(task.IsCompleted, "the task is not over");
        return Assert.IsAssignableFrom<TException>(Record.Exception(() => task.GetAwaiter().GetResult()));
    }

    protected static StepPlan Refused => StepPlan.Fail(new IOException("refused"));
}
