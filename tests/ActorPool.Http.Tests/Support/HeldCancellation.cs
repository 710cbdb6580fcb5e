namespace ActorPool.Http.Tests.Support;

/// <summary>Hands a cancellation on when something else has come about, whichever of the two comes first.</summary>
sealed class HeldCancellation(HttpMessageHandler inner, Task until) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        var sending = base.SendAsync(request, cancellation.Token);
        if (await Task.WhenAny(sending, Task.WhenAll(cancelled.Task, until)) != sending)
        {
            await cancellation.CancelAsync();
        }

        return await sending;
    }
}
