using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace ActorPool.Telemetry;

/// <summary>
/// What one pool measures and traces as it happens. Listeners are users' code: all of this is called outside turns, and what
/// they throw is theirs.
/// </summary>
sealed class EndpointTelemetry(PoolInstruments instruments, TimeProvider time, string pool)
{
    readonly Histogram<double> _waitTime = instruments.WaitTime;
    readonly Histogram<double> _useTime = instruments.UseTime;
    readonly Histogram<double> _createTime = instruments.CreateTime;

    /// <summary>Whether anybody wants to know of leases; for every acquire, so a few plain reads.</summary>
    public bool WatchesLeases
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _waitTime.Enabled || _useTime.Enabled || Spans.AreWanted;
    }

    /// <summary>The time, in the ticks of the clock's provider.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>On a caller's thread: its acquire begins.</summary>
    public Observation Begin() => WatchesLeases ? BeginWatched() : default;

    [MethodImpl(MethodImplOptions.NoInlining)]
    Observation BeginWatched()
    {
        var now = Now;
        return new Observation(
            now, Spans.AreWanted ? new LeaseTrace(Activity.Current?.Context ?? default, now, time.GetUtcNow()) : null);
    }

    /// <summary>On a caller's thread: it has a lease, and did not have to wait.</summary>
    public void ServedAtOnce(in Observation acquire)
    {
        if (acquire.IsOn)
        {
            Record(_waitTime, TimeSpan.Zero);
        }
    }

    /// <summary>On a caller's thread: it has a lease, granted by a turn that may have come later.</summary>
    public void Served(in Observation acquire, long grantedAt) => Record(_waitTime, time.GetElapsedTime(acquire.At, grantedAt));

    /// <summary>On a caller's thread: its time in line is over.</summary>
    /// <param name="acquire">Whose.</param>
    /// <param name="grantedAt">When it was served, if it was.</param>
    /// <param name="failure">Why it was not; null if it was.</param>
    public void WaitEnded(in Observation acquire, long grantedAt, PoolFailureReason? failure)
    {
        if (acquire.Trace is { } trace)
        {
            Spans.WriteWait(pool, trace, time.GetElapsedTime(trace.BeganAt, failure is null ? grantedAt : Now), failure);
        }
    }

    /// <summary>A lease has ended.</summary>
    public void LeaseEnded(in Observation lease, long endedAt)
    {
        var took = time.GetElapsedTime(lease.At, endedAt);
        Record(_useTime, took);
        if (lease.Trace is { } trace)
        {
            Spans.WriteLease(pool, trace, time.GetElapsedTime(trace.BeganAt, lease.At), took);
        }
    }

    /// <summary>On the dispatcher: an open begins. Null if nobody wants to know.</summary>
    public OpenObservation? BeginOpen(OpenContext context, ActivityLink[]? causes) =>
        _createTime.Enabled || Spans.AreWanted ? new OpenObservation(this, context, causes) : null;

    /// <summary>On the dispatcher: a connection has opened.</summary>
    public void Opened(TimeSpan took) => Record(_createTime, took);

    void Record(Histogram<double> histogram, TimeSpan time)
    {
        try
        {
            histogram.Record(time.TotalSeconds, new KeyValuePair<string, object?>(Words.PoolName, pool));
        }
#pragma warning disable CA1031 // a listener's error is its own
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
