using System.Diagnostics.Metrics;

namespace ActorPool.Telemetry;

/// <summary>The metrics that are read when somebody collects them, and never otherwise.</summary>
sealed partial class PoolInstruments
{
    const string Connection = "{connection}";

    void ObservePools(Meter meter)
    {
        Level("db.client.connection.count", Connection, "The number of connections that are currently in state described by the `state` attribute.", new Reading(Words.State, Words.States, InState));
        Level("db.client.connection.idle.max", Connection, "The maximum number of idle open connections allowed.", Reading.Of(static pool => pool.IdleMax));
        Level("db.client.connection.idle.min", Connection, "The minimum number of idle open connections allowed.", Reading.Of(static pool => pool.MinSize));
        Level("db.client.connection.max", Connection, "The maximum number of open connections allowed.", Reading.Of(static pool => pool.MaxSize));
        Level("db.client.connection.pending_requests", "{request}", "The number of current pending requests for an open connection.", Reading.Of(static pool => pool.Waiting));
        Count("db.client.connection.timeouts", "{timeout}", "The number of connection timeouts that have occurred trying to obtain a connection from the pool.", Reading.Of(static pool => pool.TimedOut));
        Count("actorpool.acquires", "{acquire}", "The number of acquires that are over, by outcome.", new Reading(Words.Outcome, Words.Outcomes, WithOutcome));
        Count("actorpool.connections.opened", Connection, "The number of connections opened.", Reading.Of(static pool => pool.Opened));
        Count("actorpool.connections.closed", Connection, "The number of connections closed, by reason.", new Reading(Words.Reason, Words.Reasons, ForReason));
        Count("actorpool.opens.failed", "{open}", "The number of opens that failed.", Reading.Of(static pool => pool.OpensFailed));
        Count("actorpool.leases.revoked", "{lease}", "The number of leases taken back from their holders.", Reading.Of(static pool => pool.Revoked));
        Count("actorpool.leases.lost", "{lease}", "The number of leases that were garbage-collected without having been returned.", Reading.Of(static pool => pool.Lost));
        Count("actorpool.leases.returned_again", "{return}", "The number of returns of leases that had ended already.", Reading.Of(static pool => pool.RepeatedReleases));
        Level("actorpool.budget.granted", Connection, "The number of connections that the budget has granted.", Reading.Of(static pool => pool.Granted ?? Reading.None));

        var health = Reading.Of(static pool => (long)pool.Health, isWorst: true);
        meter.CreateObservableGauge("actorpool.health", () => Read(health), unit: null, "Whether connections can be opened: 0 healthy, 1 failing, 2 unavailable.");
        var oldest = Reading.Of(static pool => pool.OldestWaitMs, isWorst: true);
        meter.CreateObservableGauge("actorpool.oldest_wait", () => InSeconds(Read(oldest)), "s", "How long the oldest waiter has waited.");

        void Level(string name, string unit, string description, Reading reading) =>
            meter.CreateObservableUpDownCounter(name, () => Read(reading), unit, description);

        void Count(string name, string unit, string description, Reading reading) =>
            meter.CreateObservableCounter(name, () => Read(reading), unit, description);
    }

    static long InState(PoolNumbers pool, int place) => place switch
    {
        0 => pool.Idle,
        1 => pool.Leased,
        2 => pool.Opening,
        3 => pool.Probing,
        4 => pool.Resetting,
        _ => pool.Closing,
    };

    static long WithOutcome(PoolNumbers pool, int place) => place switch
    {
        0 => pool.Acquired - pool.AcquiredAfterWait,
        1 => pool.AcquiredAfterWait,
        2 => pool.TimedOut,
        3 => pool.Cancelled,
        4 => pool.Rejected,
        5 => pool.Shed,
        _ => pool.Unavailable,
    };

    static long ForReason(PoolNumbers pool, int place) => pool.ClosedByReason[place] is > 0 and var closed ? closed : Reading.None;

    /// <summary>One metric of all pools. Complete before anybody sees the first: who collects is users' code.</summary>
    List<Measurement<long>> Read(Reading reading)
    {
        var numbers = new PoolNumbers();
        var sums = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var pool in Sources.SelectMany(static sources => sources.Pools))
        {
            if (!pool.TryRead(numbers))
            {
                continue;
            }

            if (!sums.TryGetValue(pool.Name, out var ofName))
            {
                ofName = new long[reading.Values.Length];
                Array.Fill(ofName, Reading.None);
                sums.Add(pool.Name, ofName);
            }

            reading.Add(numbers, ofName);
        }

        var measurements = new List<Measurement<long>>(sums.Count * reading.Values.Length);
        foreach (var (name, ofName) in sums)
        {
            for (var place = 0; place < ofName.Length; place++)
            {
                if (ofName[place] != Reading.None)
                {
                    measurements.Add(reading.Attribute is { } attribute
                        ? new(ofName[place], new(Words.PoolName, name), new(attribute, reading.Values[place]))
                        : new(ofName[place], new KeyValuePair<string, object?>(Words.PoolName, name)));
                }
            }
        }

        return measurements;
    }

    void ObserveGroups(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            "actorpool.group.pending_requests",
            () => ReadGroups().Select(static group => MeasurementOf(group.Key, group.Value.Waiting)),
            "{request}",
            "The number of acquires that wait at a replica group.");
        meter.CreateObservableGauge(
            "actorpool.group.oldest_wait",
            () => InSeconds(ReadGroups().Select(static group => MeasurementOf(group.Key, group.Value.OldestWaitMs))),
            "s",
            "How long the oldest waiter of a replica group has waited.");
        meter.CreateObservableCounter(
            "actorpool.group.acquires",
            () => ReadGroups().SelectMany(static group => new[]
            {
                MeasurementOf(group.Key, group.Value.AcquiredAfterWait, Words.GroupOutcomes[0]),
                MeasurementOf(group.Key, group.Value.TimedOut, Words.GroupOutcomes[1]),
                MeasurementOf(group.Key, group.Value.Cancelled, Words.GroupOutcomes[2]),
            }),
            "{acquire}",
            "The number of acquires that have waited at a replica group, by outcome.");
    }

    Dictionary<string, GroupNumbers> ReadGroups()
    {
        var sums = new Dictionary<string, GroupNumbers>(StringComparer.Ordinal);
        foreach (var group in Sources.SelectMany(static sources => sources.Groups))
        {
            if (group.Read() is { } numbers)
            {
                var other = sums.GetValueOrDefault(group.Name);
                sums[group.Name] = new GroupNumbers(
                    numbers.Waiting + other.Waiting,
                    Math.Max(numbers.OldestWaitMs, other.OldestWaitMs),
                    numbers.AcquiredAfterWait + other.AcquiredAfterWait,
                    numbers.TimedOut + other.TimedOut,
                    numbers.Cancelled + other.Cancelled);
            }
        }

        return sums;
    }

    IEnumerable<MetricSources> Sources => _runtimes.Select(static entry => entry.Value);

    static Measurement<long> MeasurementOf(string group, long number, string? outcome = null) => outcome is null
        ? new(number, new KeyValuePair<string, object?>(Words.GroupName, group))
        : new(number, new(Words.GroupName, group), new(Words.Outcome, outcome));

    static IEnumerable<Measurement<double>> InSeconds(IEnumerable<Measurement<long>> milliseconds) =>
        milliseconds.Select(static measurement => new Measurement<double>(measurement.Value / 1000.0, measurement.Tags));
}
