namespace ActorPool.Benchmarks.Http;

/// <summary>A client under measurement.</summary>
sealed class HttpCandidate(string name, Func<HttpMessageHandler> handler, Func<ValueTask>? close = null) : IAsyncDisposable
{
    readonly HttpClient _client = new(handler());

    public string Name => name;

    /// <summary>One request and its answer of 100 bytes.</summary>
    public async Task GetAsync(Uri address)
    {
        using var response = await _client.GetAsync(address);
        if (response.Content.Headers.ContentLength != LoopbackHttpServer.BodyLength)
        {
            throw new InvalidOperationException($"{name} got {response.Content.Headers.ContentLength} bytes.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (close is not null)
        {
            await close();
        }
    }
}
