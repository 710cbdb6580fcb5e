using System.Diagnostics;
using System.Net;

namespace ActorPool.Telemetry;

/// <summary>
/// The source of spans, and how they are written: none becomes anybody's <see cref="Activity.Current"/> but that of an
/// open, and what listeners throw is theirs.
/// </summary>
static class Spans
{
    /// <summary>The version that meter and source carry.</summary>
    public static readonly string? Version = typeof(Spans).Assembly.GetName().Version?.ToString(3);

    static readonly ActivitySource Source = new(PoolTelemetry.ActivitySourceName, Version);

    /// <summary>Whether anybody listens. Cheap.</summary>
    public static bool AreWanted => Source.HasListeners();

    /// <summary>The wait of an acquire, now that it is over.</summary>
    /// <param name="pool">Where it waited.</param>
    /// <param name="trace">Whose wait.</param>
    /// <param name="took">How long.</param>
    /// <param name="failure">Why it got no lease; null if it did.</param>
    public static void WriteWait(string pool, LeaseTrace trace, TimeSpan took, PoolFailureReason? failure) =>
        Write("connection.wait", trace.Caller, links: null, trace.BeganAtUtc, took, span =>
        {
            span.SetTag(Words.PoolName, pool);
            if (failure is null)
            {
                span.SetTag(Words.ConnectionId, trace.ConnectionId);
                span.SetTag(Words.Outcome, "waited");
            }
            else if (failure is PoolFailureReason.Cancelled)
            {
                span.SetTag(Words.Outcome, "cancelled");
            }
            else
            {
                var reason = Words.Small(failure.Value.ToString());
                span.SetTag(Words.Outcome, failure is PoolFailureReason.AcquireTimeout ? "timed_out" : reason);
                span.SetTag(Words.ErrorType, reason);
                span.SetStatus(ActivityStatusCode.Error, $"no lease: {failure}");
            }
        });

    /// <summary>A lease, now that it has ended.</summary>
    /// <param name="pool">Whose.</param>
    /// <param name="trace">Which.</param>
    /// <param name="began">When it was granted, counted from the beginning of the acquire.</param>
    /// <param name="took">How long it was held.</param>
    public static void WriteLease(string pool, LeaseTrace trace, TimeSpan began, TimeSpan took) =>
        Write("connection.lease", trace.Caller, trace.OpenedIn, trace.BeganAtUtc + began, took, span =>
        {
            span.SetTag(Words.PoolName, pool);
            span.SetTag(Words.ConnectionId, trace.ConnectionId);
            span.SetTag(Words.UseCount, trace.UseCount);
            if (trace.IsFaulty)
            {
                SetError(span, trace.Fault, "marked faulty");
            }
            else if (trace.Revoked is { } reason)
            {
                span.SetTag(Words.ErrorType, Words.Reasons[(int)reason]);
                span.SetStatus(ActivityStatusCode.Error, $"taken back: {reason}");
            }
        });

    /// <summary>
    /// Begins the span of an open: nobody's child, and from now on the current activity of the asynchronous method that calls
    /// this. Null if nobody wants it.
    /// </summary>
    public static Activity? BeginOpen(OpenContext context, ActivityLink[]? causes)
    {
        try
        {
            Activity.Current = null;
            var span = Source.StartActivity(
                ActivityKind.Client, parentContext: default, tags: null, causes, context.TimeProvider.GetUtcNow(), "connection.open");
            if (span is { IsAllDataRequested: true })
            {
                span.SetTag(Words.PoolName, context.PoolName);
                span.SetTag(Words.ConnectionId, context.ConnectionId);
                span.SetTag(Words.Attempt, context.Attempt);
                SetAddress(span, Words.ServerAddress, Words.ServerPort, context.Endpoint?.Host, context.Endpoint?.Port ?? 0);
            }

            return span;
        }
#pragma warning disable CA1031 // a listener's error is its own
        catch (Exception)
#pragma warning restore CA1031
        {
            Activity.Current = null;
            return null;
        }
    }

    /// <summary>Ends the span of an open.</summary>
    public static void EndOpen(Activity span, OpenContext context, Exception? error)
    {
        try
        {
            try
            {
                Describe(span, context, error);
            }
            finally
            {
                span.SetEndTime(context.TimeProvider.GetUtcNow().UtcDateTime);
                span.Stop();
            }
        }
#pragma warning disable CA1031 // a listener's error is its own, and so is one of an error that cannot be described
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        Activity.Current = null;
    }

    static void Describe(Activity span, OpenContext context, Exception? error)
    {
        if (IPEndPoint.TryParse(context.Address ?? "", out var peer))
        {
            SetAddress(span, Words.PeerAddress, Words.PeerPort, peer.Address.ToString(), peer.Port);
        }
        else
        {
            SetAddress(span, Words.PeerAddress, Words.PeerPort, context.Address, port: 0);
        }

        if (error is not null)
        {
            SetError(span, error, "failed");
        }
    }

    /// <summary>Writes a span whose time is over. The thread's own activity stays the current one.</summary>
    static void Write(
        string name, ActivityContext parent, ActivityLink[]? links, DateTimeOffset began, TimeSpan took, Action<Activity> fill)
    {
        var current = Activity.Current;
        try
        {
            Activity.Current = null;
            if (Source.StartActivity(ActivityKind.Internal, parent, tags: null, links, began, name) is { } span)
            {
                try
                {
                    if (span.IsAllDataRequested)
                    {
                        fill(span);
                    }
                }
                finally
                {
                    span.SetEndTime((began + took).UtcDateTime);
                    span.Stop();
                }
            }
        }
#pragma warning disable CA1031 // a listener's error is its own
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        finally
        {
            Activity.Current = current;
        }
    }

    static void SetError(Activity span, Exception? error, string otherwise)
    {
        span.SetTag(Words.ErrorType, error?.GetType().FullName ?? "_OTHER");
        span.SetStatus(ActivityStatusCode.Error, Diagnostics.Describe.Error(error) ?? otherwise);
    }

    static void SetAddress(Activity span, string addressName, string portName, string? address, int port)
    {
        if (!string.IsNullOrEmpty(address))
        {
            span.SetTag(addressName, address);
            if (port > 0)
            {
                span.SetTag(portName, port);
            }
        }
    }
}
