using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorPool.Budgets.Etcd;

/// <summary>
/// Talks to a cluster through the JSON gateway that each member has. One member is used until it fails; a request that may have reached it is not sent
/// to another, unless it only reads: whoever asked would not know whether it was carried out twice.
/// </summary>
sealed partial class EtcdClient : IDisposable
{
    readonly EtcdGrantStoreOptions _options;
    readonly EtcdMember[] _members;
    readonly HttpClient _http;
    int _current;
    volatile string? _token;

    public EtcdClient(EtcdGrantStoreOptions options, PoolRuntime runtime)
    {
        _options = options;
        _members = [.. options.Endpoints.Select(endpoint => new EtcdMember(EtcdTarget.Parse(endpoint)!, runtime))];
        _http = EtcdConnections.NewClient(options);

        // Not all at the same member.
        _current = (int)(runtime.Random.NextDouble() * _members.Length);
    }

    /// <summary>Sends a request to a member that serves.</summary>
    /// <exception cref="GrantStoreException">None does, or it was refused.</exception>
    public async Task<EtcdJson.TxnResponse> CommitAsync(EtcdJson.TxnRequest request, bool isRepeatable, CancellationToken cancellationToken)
    {
        Exception? last = null;
        var first = Volatile.Read(in _current);
        for (var i = 0; i < _members.Length; i++)
        {
            var index = (first + i) % _members.Length;
            var member = _members[index];
            if (member.Remaining > TimeSpan.Zero)
            {
                continue;
            }

            try
            {
                var response = await LoggedInAsync(
                    member, token => PostAsync(member, "kv/txn", request, EtcdJsonContext.Default.TxnRequest, EtcdJsonContext.Default.TxnResponse, token, cancellationToken), cancellationToken).ConfigureAwait(false);
                member.Served();
                Volatile.Write(ref _current, index);
                return response;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // It may hang: the next request goes to another.
                Volatile.Write(ref _current, (index + 1) % _members.Length);
                member.LeaveWatches();
                throw;
            }
            catch (Exception error) when (error is not ObjectDisposedException)
            {
                if (error is EtcdRefusedException { IsOfMember: false })
                {
                    member.Served();
                    throw EtcdErrors.Failed(member, error);
                }

                member.Failed(EtcdErrors.Describe(member, error));
                Volatile.Write(ref _current, (index + 1) % _members.Length);
                if (!isRepeatable && !WasNotSent(error))
                {
                    throw EtcdErrors.Failed(member, error);
                }

                last = error;
            }
        }

        throw EtcdErrors.NoMember(_members, last);
    }

    public void Dispose()
    {
        foreach (var member in _members)
        {
            member.Dispose();
        }

        _http.Dispose();
    }

    static bool WasNotSent(Exception error) => error
        is OperationCanceledException // ConnectTimeout
        or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    /// <summary>Does something with a token, and once more with a new one if etcd does not like it: it has done nothing then.</summary>
    async Task<T> LoggedInAsync<T>(EtcdMember member, Func<string?, Task<T>> send, CancellationToken cancellationToken)
    {
        if (_options.UserName is null)
        {
            return await send(null).ConfigureAwait(false);
        }

        var token = _token ??= await LogInAsync(member, cancellationToken).ConfigureAwait(false);
        try
        {
            return await send(token).ConfigureAwait(false);
        }
        catch (EtcdRefusedException error) when (error.IsOfToken)
        {
            _token = await LogInAsync(member, cancellationToken).ConfigureAwait(false);
            return await send(_token).ConfigureAwait(false);
        }
    }

    async Task<string> LogInAsync(EtcdMember member, CancellationToken cancellationToken)
    {
        try
        {
            var request = new EtcdJson.LoginRequest { Name = _options.UserName!, Password = _options.Password! };
            var response = await PostAsync(
                member, "auth/authenticate", request, EtcdJsonContext.Default.LoginRequest, EtcdJsonContext.Default.LoginResponse, token: null, cancellationToken).ConfigureAwait(false);
            return response.Token ?? "";
        }
        catch (EtcdRefusedException error) when (error.Message.Contains("authentication is not enabled", StringComparison.Ordinal))
        {
            return "";
        }
    }

    async Task<TResponse> PostAsync<TRequest, TResponse>(
        EtcdMember member, string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType, string? token, CancellationToken cancellationToken)
    {
        using var message = Message(member, path, JsonContent.Create(request, requestType), token);
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(responseType, cancellationToken).ConfigureAwait(false) ?? throw NoAnswer();
        }
        catch (JsonException)
        {
            throw NoAnswer();
        }
    }

    static HttpRequestMessage Message(EtcdMember member, string path, HttpContent content, string? token)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(member.Address, $"v3/{path}")) { Content = content };
        if (!string.IsNullOrEmpty(token))
        {
            message.Headers.TryAddWithoutValidation("Authorization", token);
        }

        return message;
    }

    static async Task<EtcdRefusedException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (JsonSerializer.Deserialize(text, EtcdJsonContext.Default.Refusal) is { Message: { } said } refusal && GrpcCodes.IsOne(refusal.Code))
            {
                return new EtcdRefusedException(refusal.Code, said);
            }
        }
        catch (JsonException)
        {
        }

        return new EtcdRefusedException(GrpcCodes.Unknown, $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}, which is not how etcd's JSON gateway answers (is it on? etcd's --enable-grpc-gateway)")
        {
            IsForeign = true,
        };
    }

    static EtcdRefusedException NoAnswer() => new(GrpcCodes.Unknown, "its answer is not that of etcd's JSON gateway, version 3") { IsForeign = true };
}
