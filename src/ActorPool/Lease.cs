using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ActorPool.Endpoints;

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
    readonly Slot? _slot;
    readonly long _generation;

    internal Lease(Slot slot, long generation)
    {
        _slot = slot;
        _generation = generation;
    }

    internal Slot? Slot => _slot;

    /// <summary>The connection.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public TConnection Connection => Unsafe.As<TConnection>(Current.Connection);

    /// <summary>Whether the lease has not ended: neither returned nor taken back.</summary>
    public bool IsActive => _slot is { } slot && slot.ReadGeneration() == _generation;

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
            var useCount = _slot?.UseCount ?? 0;
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
    public void MarkFaulty(Exception? error = null) => _slot?.Supervisor.MarkFaulty(_slot, _generation, error);

    /// <summary>
    /// Takes the connection out of the pool for good and ends the lease. The pool never closes it; the caller must. Its
    /// slot is free for a new one.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public TConnection Detach()
    {
        var connection = Connection;
        return _slot!.Supervisor.Detach(_slot, _generation) ? connection : throw Ended();
    }

    /// <summary>Returns the connection. Never waits; ignored when the lease has ended.</summary>
    public void Dispose() => _slot?.Supervisor.Release(_slot, _generation);

    /// <summary>As <see cref="Dispose"/>; complete when it returns.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Whether both are the same lease.</summary>
    public bool Equals(Lease<TConnection> other) => _slot == other._slot && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Lease<TConnection> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_slot, _generation);

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
            var current = _slot?.Current;
            return IsActive ? current! : throw Ended();
        }
    }

    ObjectDisposedException Ended() => _slot is { } slot
        ? new ObjectDisposedException(
            $"Lease of pool '{slot.Supervisor.Name}'",
            "This lease has ended: it was returned, or its connection was taken back. Acquire a new one.")
        : new ObjectDisposedException("Lease", "This lease was never acquired (it is 'default').");

    string DebuggerDisplay => _slot is null ? "no lease"
        : IsActive ? $"lease of connection {Current.Id} of pool '{_slot.Supervisor.Name}'"
        : $"ended lease of pool '{_slot.Supervisor.Name}'";
}
