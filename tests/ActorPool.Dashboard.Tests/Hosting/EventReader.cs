using System.Text.Json;

namespace ActorPool.Dashboard.Tests.Hosting;

/// <summary>Reads server-sent events as a browser does.</summary>
sealed class EventReader(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public HttpResponseMessage Response => response;

    public static async Task<EventReader> OpenAsync(HttpClient client)
    {
        var response = await client.GetAsync("live", HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<(string Name, JsonElement Data)?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var (name, data) = ("message", "");
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data += line[6..];
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                return (name, JsonElement.Parse(data));
            }
        }

        return null;
    }

    /// <summary>The next picture of which something is so.</summary>
    public async Task<JsonElement> PictureAsync(Func<JsonElement, bool>? condition = null)
    {
        while (await NextAsync() is var (name, data))
        {
            if (name == "picture" && condition?.Invoke(data) != false)
            {
                return data;
            }
        }

        throw new EndOfStreamException("The stream ended before there was such a picture.");
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
