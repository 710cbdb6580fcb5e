using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;
using ActorPool.Routing;

namespace ActorPool;

/// <summary>Operations: those of a pool, on every member.</summary>
public sealed partial class ReplicaGroup<TConnection>
{
    /// <summary>
    /// Carries out an operation on every member that there is now; sizes are those of each. The options of a reconfiguration
    /// keep each member's name and endpoint, and are those of members that join later too.
    /// </summary>
    /// <param name="command">What to do.</param>
    /// <returns>The group's picture when it was done everywhere.</returns>
    /// <exception cref="ArgumentException">The command asks for what cannot be.</exception>
    /// <exception cref="PoolException">It could not be carried out at some member; at others it may have been.</exception>
    public async Task<PoolSnapshot> ExecuteAsync(PoolCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command is EvictConnections { ConnectionId: { } connectionId })
        {
            throw RoutingErrors.NumberOfAMember(Name, connectionId);
        }

        if (command is DrainPool drain)
        {
            await DrainAsync(drain.Deadline).ConfigureAwait(false);
        }
        else if (command is not TakeSnapshot)
        {
            if (command is ReconfigurePool { Options: { } options })
            {
                PoolOptionsValidator.Validate(options);
                _settings.UsePool(options);

                // Either we see a member that was made from the options before, or it sees these.
                Interlocked.MemoryBarrier();
            }

            var members = Array.ConvertAll(_supervisor.View.Members, member => (ReplicaMember<TConnection>)member);
            await Task.WhenAll(members.Select(member => member.Pool.ExecuteAsync(CommandFor(member, command)))).ConfigureAwait(false);
        }

        return Snapshot();
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<PoolEvent> subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return _system.Events.Subscribe(happened =>
        {
            if (happened is PoolEvent { Source: EndpointSupervisor source } poolEvent
                && Array.Exists(_supervisor.View.Members, member => member.Supervisor == source))
            {
                subscriber(poolEvent);
            }
        });
    }

    /// <summary>Always false: a group does not know which of its members a connection leads to. Hand it to that member's own pool.</summary>
    bool IConnectionPool<TConnection>.TryAttach(TConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return false;
    }

    void IPoolReceiver<TConnection>.Return(ReleaseLease<TConnection> release)
    {
        if (ConnectorOf(release.Lease) is null)
        {
            throw LeaseErrors.Foreign(Name, release.Lease.Seat?.Slot.Supervisor.Name);
        }

        release.Carry();
    }

    PoolCommand CommandFor(ReplicaMember<TConnection> member, PoolCommand command) =>
        command is ReconfigurePool { Options: not null } ? new ReconfigurePool(_settings.OptionsFor(member.Target)) : command;
}
