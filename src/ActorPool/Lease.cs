using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ActorPool.Endpoints;
using ActorPool.Errors;

namespace ActorPool;

/// <summary>
/// The right to use one connection until it is disposed. A small value: copies are the same lease, a second
/// <see cref="Dispose"/> is ignored (and counted), and <c>default</c> is a lease that has ended. It carries the generation
/// of its slot, so that a lease that has ended can neither be used nor returned into somebody else's.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public readonly struct Lease<TConnection> : IEquatable<Lease<TConnection>>, IDisposable, IAsyncDisposable
    where TConnection : class
{
    // A seat, or the sentinel that watches its lease.
    readonly object? _anchor;
    readonly long _generation;

    internal Lease(Seat seat, long generation)
    {
        _anchor = seat;
        _generation = generation;
    }

    internal Lease(LeaseSentinel sentinel)
    {
        _anchor = sentinel;
        _generation = sentinel.Generation;
    }

    internal Seat? Seat => _anchor is LeaseSentinel sentinel ? sentinel.Seat : Unsafe.As<Seat>(_anchor);

    internal long Generation => _generation;

    /// <summary>The connection.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    /// <exception cref="LeaseRevokedException">The lease was taken back (<see cref="PoolOptions.LeaseTimeout"/>, the end of its scope).</exception>
    public TConnection Connection => Unsafe.As<TConnection>(Current.Connection);

    /// <summary>Whether the lease has not ended: neither returned nor taken back.</summary>
    public bool IsActive => Seat is { } seat && seat.ReadGeneration() == _generation;

    /// <summary>The connection's number within its pool, as in logs and snapshots.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public long ConnectionId => Current.Id;

    /// <summary>When the connection was opened.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public DateTimeOffset OpenedAt => Current.OpenedAt;

    /// <summary>How often the connection has been leased, this lease included.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public long UseCount
    {
        get
        {
            var useCount = Seat?.Slot.UseCount ?? 0;
            return IsActive ? useCount : throw Ended();
        }
    }

    /// <summary>
    /// What holders keep with the connection, such as a cache of prepared statements; gone when it closes. Empty when it
    /// is new. For the holder alone, not thread-safe.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public IDictionary<object, object?> Items => Current.Items;

    /// <summary>
    /// Says that the connection must not be used by anybody else: it is closed and replaced when this lease ends. Ignored
    /// when the lease has ended. Never blocks.
    /// </summary>
    /// <param name="error">Why; null if there is nothing more to say. Shown in logs and snapshots.</param>
    public void MarkFaulty(Exception? error = null) => Seat?.Slot.Supervisor.MarkFaulty(Seat, _generation, error);

    /// <summary>
    /// Takes the connection out of the pool for good and ends the lease. The pool never closes it; the caller must. Its
    /// slot is free for a new one. The opposite of <see cref="IConnectionPool{TConnection}.TryAttach"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    /// <exception cref="InvalidOperationException">The connection has other leases.</exception>
    public TConnection Detach()
    {
        var connection = Connection;
        var seat = Seat!;
        return seat.Slot.Supervisor.Detach(seat, _generation) ? connection
            : throw (IsActive ? LeaseErrors.Shared(seat.Slot.Supervisor.Name) : Ended());
    }

    /// <summary>Returns the connection. Never waits; ignored when the lease has ended.</summary>
    public void Dispose()
    {
        // A slot is what most leases are of: one test tells it from the rest.
        if (_anchor is Slot slot)
        {
            slot.Supervisor.Release(slot, slot, _generation);
        }
        else if (Seat is { } seat)
        {
            seat.Slot.Supervisor.Release(seat, seat.Slot, _generation);
            (_anchor as LeaseSentinel)?.Dismiss();
        }
    }

    /// <summary>Returns the connection without the pool's reset: its holder knows that it is clean. Never waits; ignored when the lease has ended.</summary>
    public void ReturnWithoutReset() => Return(ResetChoice.Skip);

    /// <summary>Returns the connection with a reset of its own in place of the pool's. Never waits; ignored when the lease has ended.</summary>
    /// <param name="reset">
    /// As <see cref="IConnector{TConnection}.ResetAsync"/>, under the same <see cref="PoolOptions.ResetTimeout"/>: what it throws closes the connection.
    /// </param>
    public void ReturnWith(Func<TConnection, CancellationToken, ValueTask> reset)
    {
        ArgumentNullException.ThrowIfNull(reset);
        Return(new ResetChoice((connection, cancellationToken) => reset(Unsafe.As<TConnection>(connection), cancellationToken)));
    }

    void Return(ResetChoice reset)
    {
        if (Seat is { } seat)
        {
            seat.Slot.Supervisor.Release(seat, _generation, reset);
            (_anchor as LeaseSentinel)?.Dismiss();
        }
    }

    /// <summary>As <see cref="Dispose"/>; complete when it returns.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Whether both are the same lease.</summary>
    public bool Equals(Lease<TConnection> other) => Seat == other.Seat && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Lease<TConnection> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seat, _generation);

    /// <summary>Whether both are the same lease.</summary>
    public static bool operator ==(Lease<TConnection> left, Lease<TConnection> right) => left.Equals(right);

    /// <summary>Whether they are different leases.</summary>
    public static bool operator !=(Lease<TConnection> left, Lease<TConnection> right) => !left.Equals(right);

    /// <summary>The lease in one line.</summary>
    public override string ToString() => DebuggerDisplay;

    // Read before the generation: a slot raises its generation before it changes hands, so a generation that still fits says
    // that what was read belongs to this lease.
    PooledConnection Current
    {
        get
        {
            if (Seat is not { } seat)
            {
                throw Ended();
            }

            var current = seat.Slot.Current;
            return seat.ReadGeneration() == _generation ? current! : throw Ended();
        }
    }

    Exception Ended() => LeaseErrors.Ended(Seat, _generation);

    string DebuggerDisplay => Seat is not { } seat ? "no lease"
        : IsActive ? $"lease of connection {Current.Id} of pool '{seat.Slot.Supervisor.Name}'"
        : $"ended lease of pool '{seat.Slot.Supervisor.Name}'";
}
