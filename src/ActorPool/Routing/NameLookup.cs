using System.Net;
using ActorPool.Actors;
using ActorPool.Options;

namespace ActorPool.Routing;

/// <summary>The work of looking a group's names up, and of making members for new addresses. Runs users' code.</summary>
sealed class NameLookup(ReplicaSupervisor group, ReplicaGroupSettings settings, IReplicaFactory factory, ActorSystem system)
    : IThreadPoolWorkItem
{
    readonly List<ReplicaMember> _new = [];
    readonly HashSet<Endpoint> _current = [];
    Exception? _error;

    public void Execute() => _ = RunAsync();

    async Task RunAsync()
    {
        var known = group.View.Members;
        try
        {
            await LookUpAsync(known).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever it is: the names are looked up again
        catch (Exception error)
#pragma warning restore CA1031
        {
            _error = error;
            _current.UnionWith(known.Select(static member => member.Target.Address));
        }

        group.Post(GroupMessage.Command(GroupRequest.Resolved, new Resolution(_current, [.. _new], _error)));
    }

    async Task LookUpAsync(ReplicaMember[] known)
    {
        foreach (var endpoint in settings.Endpoints)
        {
            if (IPAddress.TryParse(endpoint.Host, out _))
            {
                Take(new ReplicaEndpoint(endpoint, endpoint), known);
                continue;
            }

            if (await ResolveAsync(endpoint.Host).ConfigureAwait(false) is { Count: > 0 } addresses)
            {
                foreach (var address in addresses)
                {
                    Take(new ReplicaEndpoint(new Endpoint(address.ToString(), endpoint.Port, endpoint.Path, endpoint.Scheme), endpoint), known);
                }
            }
            else
            {
                // Nothing new is known of this name: what it led to stays.
                _current.UnionWith(known.Where(member => member.Target.Name == endpoint).Select(static member => member.Target.Address));
            }
        }
    }

    /// <summary>A copy of what the resolver says, which may change what it has answered; null if it fails.</summary>
    async ValueTask<IReadOnlyList<IPAddress>?> ResolveAsync(string host)
    {
        var over = new TaskCompletionSource();
        var cancellation = new CancellationTokenSource();
        using var timer = system.Clock.TimeProvider.CreateTimer(
            static source => ((TaskCompletionSource)source!).TrySetResult(),
            over,
            settings.LookupTimeoutMs >= PoolSettings.Never ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(settings.LookupTimeoutMs),
            Timeout.InfiniteTimeSpan);
        try
        {
            var lookup = settings.Resolver(host, cancellation.Token);
            if (lookup.IsCompleted)
            {
                return Copy(await lookup.ConfigureAwait(false));
            }

            var task = lookup.AsTask();
            if (await Task.WhenAny(task, over.Task).ConfigureAwait(false) == task)
            {
                return Copy(await task.ConfigureAwait(false));
            }

            system.Dispatcher.Execute(new CancelWork(cancellation));
            throw new TimeoutException($"'{host}' was not looked up within ConnectTimeout.");
        }
#pragma warning disable CA1031 // whatever a resolver throws: the name was not found
        catch (Exception error)
#pragma warning restore CA1031
        {
            _error = error;
            return null;
        }
    }

    static IPAddress[] Copy(IReadOnlyList<IPAddress>? answer) =>
        answer is null ? [] : [.. answer.Select(static address => address ?? throw new InvalidOperationException("The resolver's answer has an address that is null."))];

    void Take(ReplicaEndpoint target, ReplicaMember[] known)
    {
        if (!_current.Add(target.Address) || known.Any(member => member.Target.Address == target.Address))
        {
            return;
        }

        try
        {
            _new.Add(factory.Make(target));
        }
#pragma warning disable CA1031 // users' code: the others become members all the same
        catch (Exception error)
#pragma warning restore CA1031
        {
            _error = error;
        }
    }
}
