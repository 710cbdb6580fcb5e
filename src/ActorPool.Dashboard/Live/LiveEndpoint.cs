using ActorPool.Dashboard.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ActorPool.Dashboard.Live;

/// <summary>
/// Server-sent events: <c>hello</c> (what the page is called, what the user may do), <c>picture</c> (first all pools, then those
/// that have changed), <c>again</c> (the stream ends and is to be opened anew, so that rights are asked for from time to time).
/// A reader that is slow gets the newest picture when it is ready for one: nothing queues up for it.
/// </summary>
sealed class LiveEndpoint(DashboardSettings settings, PoolSampler sampler, CancellationToken stopping)
{
    /// <summary>How long one stream lasts.</summary>
    static readonly TimeSpan StreamMax = TimeSpan.FromMinutes(5);

    /// <summary>How long a reader may take over one picture.</summary>
    static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(30);

    public async Task StreamAsync(HttpContext context, Rights rights)
    {
        using var subscription = sampler.TrySubscribe();
        if (subscription is null)
        {
            context.Response.Headers.RetryAfter = "10";
            await Answer.ErrorAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                $"{settings.MaxSubscribers} pages are open already (MaxSubscribers).").ConfigureAwait(false);
            return;
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await StreamAsync(new EventWriter(context.Response.BodyWriter), subscription, rights, end).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or TimeoutException)
        {
            // The reader is gone or too slow, or the host stops.
            if (!stopping.IsCancellationRequested)
            {
                context.Abort();
            }
        }
    }

    async Task StreamAsync(EventWriter events, PoolSampler.Subscription subscription, Rights rights, CancellationTokenSource end)
    {
        var begun = settings.Time.GetTimestamp();
        Picture? last = null;
        events.WriteHello(settings, rights);
        while (settings.Time.GetElapsedTime(begun) < StreamMax)
        {
            var next = await subscription.NextAsync(last, end.Token).ConfigureAwait(false);
            events.WritePicture(next, last);
            await FlushAsync(events, end).ConfigureAwait(false);
            last = next;
        }

        events.WriteAgain();
        await FlushAsync(events, end).ConfigureAwait(false);
    }

    async ValueTask FlushAsync(EventWriter events, CancellationTokenSource end)
    {
        var flush = events.FlushAsync(end.Token);
        if (!flush.IsCompletedSuccessfully)
        {
            // Not end.CancelAfter: that would go by the system's clock, and end the stream between two pictures.
            await flush.AsTask().WaitAsync(WriteMax, settings.Time, end.Token).ConfigureAwait(false);
        }
    }
}
