using ActorPool.Redis.Commands;
using ActorPool.Redis.Connections;
using ActorPool.Redis.Errors;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis;

/// <summary>
/// A connection to a Redis server: sends commands, one or a pipeline at a time, and reads their replies. Opened by a
/// <see cref="RedisConnector"/>.
/// </summary>
/// <remarks>
/// <para>
/// <b>Nobody reads another's reply.</b> A command that fails in any way but an error reply closes the connection: a
/// timeout, a cancellation, an end of the stream, bytes that are no protocol or more than was asked for. A late reply
/// meets a closed socket. A connection that is returned with a command pending is closed too.
/// </para>
/// <para>
/// <b>Nobody inherits another's state.</b> Commands that turn a connection into something else are refused before a byte
/// is sent (SUBSCRIBE and its like, MONITOR, AUTH, HELLO, RESET, QUIT, CLIENT REPLY). What a holder leaves behind (an open
/// transaction, watched keys, another database, another name) is cleared when it is returned, and only then: a
/// return with nothing to clear costs nothing. What cannot be cleared (CLIENT TRACKING, CLIENT NO-EVICT, READONLY) has the
/// connection closed.
/// </para>
/// <para>
/// Push messages of RESP3 that arrive between replies are skipped; one that arrives while nobody uses the connection
/// closes it, as all that nobody asked for.
/// </para>
/// <para>Not thread-safe: one call at a time; a second one is refused without touching the first.</para>
/// </remarks>
public sealed partial class RedisConnection : IAsyncDisposable
{
    const int AtRest = 0;
    const int AtWork = 1;
    const int Broken = 2;

    // what is larger goes out while replies come in: neither side waits for the other to read first
    const int WriteAheadMax = 32 * 1024;

    readonly Stream _stream;
    readonly OpenContext _context;
    readonly RedisSettings _settings;
    readonly CommandClock _clock;
    readonly CommandBuffer _outgoing = new(rented: true);
    readonly ReplyBuffer _incoming = new(rented: true);
    SessionState _session;
    Exception? _error;
    int _state;

    internal RedisConnection(Stream stream, OpenContext context, RedisSettings settings)
    {
        _stream = stream;
        _context = context;
        _settings = settings;
        _clock = new CommandClock(context.TimeProvider, OnLate);
    }

    /// <summary>The protocol that it speaks.</summary>
    public RedisProtocol Protocol => _settings.Protocol;

    /// <summary>Whether it can still be used.</summary>
    public bool IsOpen => Volatile.Read(in _state) != Broken;

    /// <summary>The stream that it owns, for its connector.</summary>
    internal Stream Stream => _stream;

    /// <summary>Sends a command and reads its reply.</summary>
    /// <param name="command">Its name, one word; <c>CLIENT LIST</c> is CLIENT with the argument LIST.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The reply; its bytes are the caller's for good.</returns>
    /// <inheritdoc cref="ExecuteAsync(string, ReadOnlySpan{RedisArgument}, TimeSpan, CancellationToken)"/>
    public ValueTask<RedisReply> ExecuteAsync(string command, params ReadOnlySpan<RedisArgument> arguments) =>
        ExecuteAsync(command, arguments, limit: null, CancellationToken.None);

    /// <summary>Sends a command and reads its reply.</summary>
    /// <param name="command">Its name, one word; <c>CLIENT LIST</c> is CLIENT with the argument LIST.</param>
    /// <param name="arguments">Its arguments: <c>["key", 42, bytes]</c>.</param>
    /// <param name="cancellationToken">Gives up, which closes the connection if the command has begun.</param>
    /// <returns>The reply; its bytes are the caller's for good.</returns>
    /// <inheritdoc cref="ExecuteAsync(string, ReadOnlySpan{RedisArgument}, TimeSpan, CancellationToken)"/>
    public ValueTask<RedisReply> ExecuteAsync(string command, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken) =>
        ExecuteAsync(command, arguments, limit: null, cancellationToken);

    /// <summary>Sends a command and reads its reply, within a time of its own.</summary>
    /// <param name="command">Its name, one word; <c>CLIENT LIST</c> is CLIENT with the argument LIST.</param>
    /// <param name="arguments">Its arguments: <c>["key", 42, bytes]</c>.</param>
    /// <param name="timeout">
    /// The whole exchange, in place of <see cref="RedisOptions.CommandTimeout"/> (to which a blocking command's own time is
    /// added: <c>BLPOP queue 30</c> has 35 s, <c>BLPOP queue 0</c> no limit). <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </param>
    /// <param name="cancellationToken">Gives up, which closes the connection if the command has begun.</param>
    /// <returns>The reply; its bytes are the caller's for good.</returns>
    /// <exception cref="RedisErrorException">The server answered with an error; the connection goes on.</exception>
    /// <exception cref="TimeoutException">No answer in time; the connection is closed.</exception>
    /// <exception cref="IOException">The connection is lost, or was before.</exception>
    /// <exception cref="RedisProtocolException">The answer is not the protocol, or too large; the connection is closed.</exception>
    /// <exception cref="NotSupportedException">The command is refused on pooled connections; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">Another command is pending; nothing was sent.</exception>
    public ValueTask<RedisReply> ExecuteAsync(
        string command, ReadOnlySpan<RedisArgument> arguments, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        ExecuteAsync(command, arguments, RedisSettings.CheckTimeout(timeout, nameof(timeout)), cancellationToken);

    /// <summary>Sends the commands of a pipeline together and reads all their replies.</summary>
    /// <param name="pipeline">The commands.</param>
    /// <param name="cancellationToken">Gives up, which closes the connection if the run has begun.</param>
    /// <returns>The replies, in order, errors among them (<see cref="RedisReply.ThrowIfError"/>); valid until the pipeline runs again or is cleared.</returns>
    /// <inheritdoc cref="ExecuteAsync(RedisPipeline, TimeSpan, CancellationToken)"/>
    public ValueTask<IReadOnlyList<RedisReply>> ExecuteAsync(RedisPipeline pipeline, CancellationToken cancellationToken = default) =>
        ExecuteAsync(pipeline, limit: null, cancellationToken);

    /// <summary>Sends the commands of a pipeline together and reads all their replies, within a time of its own.</summary>
    /// <param name="pipeline">The commands.</param>
    /// <param name="timeout">The whole run, in place of <see cref="RedisOptions.CommandTimeout"/>; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Gives up, which closes the connection if the run has begun.</param>
    /// <returns>The replies, in order, errors among them (<see cref="RedisReply.ThrowIfError"/>); valid until the pipeline runs again or is cleared.</returns>
    /// <exception cref="TimeoutException">Not all answers came in time; the connection is closed.</exception>
    /// <exception cref="IOException">The connection is lost, or was before.</exception>
    /// <exception cref="RedisProtocolException">The answers are not the protocol, or too large; the connection is closed.</exception>
    /// <exception cref="InvalidOperationException">Another command is pending, or the pipeline runs already; nothing was sent.</exception>
    public ValueTask<IReadOnlyList<RedisReply>> ExecuteAsync(RedisPipeline pipeline, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        ExecuteAsync(pipeline, RedisSettings.CheckTimeout(timeout, nameof(timeout)), cancellationToken);

    /// <summary>Asks the server whether it is there.</summary>
    /// <param name="cancellationToken">Gives up, which closes the connection.</param>
    public async ValueTask PingAsync(CancellationToken cancellationToken = default) =>
        await ExecuteAsync("PING", [], cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Closes the connection: for who has detached it from its pool. A leased connection is returned by disposing its lease;
    /// to have it closed, mark the lease faulty.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        Retire();
        return _stream.DisposeAsync();
    }

    /// <summary>Where it leads, and whether it is open.</summary>
    public override string ToString() => $"Redis connection to {_settings.Endpoint}{(IsOpen ? "" : " (closed)")}";
}
