using System.Net.Http.Json;
using System.Text.Json;

namespace ActorPool.Budgets.Etcd;

sealed partial class EtcdClient
{
    /// <summary>Tells of every change to a key, and once at first, until the member fails or the token is cancelled.</summary>
    /// <exception cref="GrantStoreException">The watch is broken, or never stood.</exception>
    public async Task WatchAsync(byte[] key, Action changed, CancellationToken cancellationToken)
    {
        var member = NextMember();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, member.Watches);
        try
        {
            await LoggedInAsync(member, token => WatchAsync(member, key, changed, token, stop.Token), stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException error) when (!stop.IsCancellationRequested)
        {
            member.Failed(EtcdErrors.Describe(member, error));
            throw EtcdErrors.Failed(member, error);
        }
        catch (OperationCanceledException)
        {
            throw EtcdErrors.WatchEnded(member, "the member does not serve");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or EtcdRefusedException { IsOfMember: true })
        {
            if (error is not EtcdRefusedException { IsForeign: true } || _members.Length > 1)
            {
                member.Failed(EtcdErrors.Describe(member, error));
            }

            // Else it is the only one, and whoever stands before it may let through everything but watches: commits go on.
            throw EtcdErrors.Failed(member, error);
        }
        catch (EtcdRefusedException error)
        {
            throw EtcdErrors.Failed(member, error);
        }
    }

    EtcdMember NextMember()
    {
        var first = Volatile.Read(in _current);
        return Enumerable.Range(first, _members.Length).Select(i => _members[i % _members.Length]).FirstOrDefault(static member => member.Remaining <= TimeSpan.Zero)
            ?? throw EtcdErrors.NoMember(_members, cause: null);
    }

    /// <returns>Never with a value: the member ends it, and that is an error.</returns>
    async Task<bool> WatchAsync(EtcdMember member, byte[] key, Action changed, string? token, CancellationToken cancellationToken)
    {
        using var message = Message(member, "watch", JsonContent.Create(new EtcdJson.WatchRequest(new(key)), EtcdJsonContext.Default.WatchRequest), token);

        // The member ends the watch when it has lost the others, and does not stay silent.
        message.Headers.TryAddWithoutValidation("Grpc-Metadata-hasleader", "true");
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0 && Heard(line))
            {
                changed();
            }
        }

        throw new EtcdRefusedException(GrpcCodes.Unavailable, "it ended the watch");
    }

    /// <summary>Whether a line of the answer says that the watch stands or that something has changed.</summary>
    static bool Heard(string line)
    {
        EtcdJson.WatchAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(line, EtcdJsonContext.Default.WatchAnswer);
        }
        catch (JsonException)
        {
            throw NoAnswer();
        }

        if (answer?.Error is { } error)
        {
            throw new EtcdRefusedException(GrpcCodes.Unavailable, error.Message ?? "it ended the watch");
        }

        if (answer?.Result is { Canceled: true } ended)
        {
            var reason = ended.CancelReason ?? "it ended the watch";
            throw new EtcdRefusedException(CodeOf(reason), reason);
        }

        return answer?.Result is { Created: true } or { Events.Length: > 0 };
    }

    /// <summary>A watch that is cancelled tells its reason as a text only.</summary>
    static int CodeOf(string reason) =>
        EtcdRefusedException.IsOfTokenText(reason) ? GrpcCodes.Unauthenticated
        : reason.Contains("permission denied", StringComparison.Ordinal) ? GrpcCodes.PermissionDenied
        : GrpcCodes.Unavailable;
}
