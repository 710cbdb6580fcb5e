using ActorPool.Http.Connections;

namespace ActorPool.Http.Exchanges;

/// <summary>
/// Finds an answer that was garbage-collected although its body was neither read nor disposed, and gives its lease back. A
/// connection has one, which the answer that is under way holds, and nobody else: an object with a finalizer is costly to make
/// and free to keep.
/// </summary>
/// <remarks>This is what <see cref="LeakDetection.All"/> does too, at a price per request; here it is always on.</remarks>
sealed class LeaseGuard(IDispatcher dispatcher) : IThreadPoolWorkItem
{
    Lease<HttpConnection> _lease;
    RequestTag? _tag;

    public void Arm(Lease<HttpConnection> lease, RequestTag tag)
    {
        _lease = lease;
        _tag = tag;
    }

    public void Disarm() => _tag = null;

#pragma warning disable MA0055 // finding what nobody refers to any more is what it is for
    ~LeaseGuard()
#pragma warning restore MA0055
    {
        if (_tag is not null)
        {
            // a finalizer posts, and takes no turn itself
            dispatcher.Execute(this);
        }
    }

    /// <summary>Gives the lease back that was lost.</summary>
    public void Execute()
    {
        var connection = _lease.IsActive ? _lease.Connection : null;
        if (connection is { IsHttp2: false })
        {
            _lease.MarkFaulty(new InvalidOperationException($"The answer to {_tag} was garbage-collected; its body had been neither read to its end nor disposed."));
            connection.GiveBack();
        }

        _lease.Dispose();
    }
}
