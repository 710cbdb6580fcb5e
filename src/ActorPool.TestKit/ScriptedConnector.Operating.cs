namespace ActorPool.TestKit;

/// <summary>What the code under test does with connections that it has leased.</summary>
public sealed partial class ScriptedConnector<TConnection>
{
    readonly Dictionary<TConnection, int> _operating = new(ReferenceEqualityComparer.Instance);

    /// <summary>How operations go.</summary>
    public StepScript Operations { get; } = new();

    /// <summary>
    /// One operation on a connection, as <see cref="Operations"/> has it: what the fakes of a test call in each of theirs. One that
    /// fails with a fault (<see cref="IsFault"/>) leaves its connection dead, as a stream is that was cut in the middle of a
    /// reply; on a dead one it fails.
    /// </summary>
    /// <param name="connection">The connection, which its holder has leased.</param>
    /// <param name="cancellationToken">Ends it, unless it is planned to be deaf.</param>
    /// <exception cref="ObjectDisposedException">The connection is not open: nobody holds it, or its lease was revoked.</exception>
    public async ValueTask OperateAsync(TConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var time = BeginOperation(connection);
        try
        {
            await FollowAsync(connection, Operations.Take(), time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsFault(error))
        {
            Locked(() => _dead.TryAdd(connection, Broken));
            throw;
        }
        finally
        {
            EndOperation(connection);
        }
    }

    TimeProvider BeginOperation(TConnection connection) => Locked(() =>
    {
        if (!_open.TryGetValue(connection, out var context))
        {
            throw new ObjectDisposedException(typeof(TConnection).Name, "An operation on a connection that is not open: it was closed, or comes from elsewhere.");
        }

        _operating[connection] = _operating.GetValueOrDefault(connection) + 1;
        return context.TimeProvider;
    });

    void EndOperation(TConnection connection) => Locked(() =>
    {
        if (--_operating[connection] == 0)
        {
            _operating.Remove(connection);
        }
    });
}
