using System.Globalization;
using System.Net.Http.Headers;

namespace ActorPool.Http.Connections;

/// <summary>
/// How long a server says that it keeps a connection which is idle (<c>Keep-Alive: timeout=…</c>, over HTTP/1.1), and whether
/// that is over. The handler goes by it too, but finds out when it has a request already.
/// </summary>
sealed class KeepAlive(TimeProvider timeProvider)
{
    const string Timeout = "timeout=";

    // the handler's: many servers are punctual, and a request is on its way for a while
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    TimeSpan? _limit;
    long _idleSince;

    /// <summary>Whether the connection has been idle for so long that the server may close it at any moment.</summary>
    public bool IsOver => _limit is { } limit && timeProvider.GetElapsedTime(_idleSince) >= limit;

    /// <summary>Notes what an answer says; one that says nothing changes nothing.</summary>
    public void Note(HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Keep-Alive", out var values))
        {
            return;
        }

        foreach (var value in values)
        {
            Note(value);
        }
    }

    /// <summary>The connection is idle from now on.</summary>
    public void BeginIdle()
    {
        if (_limit is not null)
        {
            _idleSince = timeProvider.GetTimestamp();
        }
    }

    void Note(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split(','))
        {
            var part = value[range].Trim();
            if (part.StartsWith(Timeout, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(part[Timeout.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                _limit = TimeSpan.FromSeconds(seconds) - Margin;
            }
        }
    }
}
