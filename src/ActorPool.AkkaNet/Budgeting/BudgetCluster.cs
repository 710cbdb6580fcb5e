using ActorPool.Budgets;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.DistributedData;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>
/// An actor system's part in keeping the budgets' book: on a member of the role a copy, and the keeper if the cluster wants it here; on every node the way
/// to the keeper. One for each system, started once.
/// </summary>
sealed class BudgetCluster(ExtendedActorSystem system) : IExtension
{
    const string ManagerName = "actorpool-keeper";
    static readonly TimeSpan LookForKeeper = TimeSpan.FromMilliseconds(200);

    readonly Lock _lock = new();
    AkkaGrantStoreOptions? _options;
    Cluster? _cluster;
    IActorRef _proxy = system.DeadLetters;

    public static BudgetCluster For(ActorSystem system) => system.WithExtension<BudgetCluster, BudgetClusterId>();

    /// <exception cref="ArgumentException">Options make no sense, or are not those that it was started with.</exception>
    /// <exception cref="InvalidOperationException">The system lacks something.</exception>
    public void Start(AkkaGrantStoreOptions options)
    {
        BudgetConfig.Check(options);
        lock (_lock)
        {
            if (_options is { } first)
            {
                ThrowUnlessSame(first, options);
                return;
            }

            BudgetConfig.Check(system, options);
            _cluster = Cluster.Get(system);
            if (options.Role.Length == 0 || _cluster.SelfRoles.Contains(options.Role))
            {
                _ = DistributedData.Get(system);
                CopyActor.Start(system);
                system.SystemActorOf(
                    ClusterSingletonManager.Props(
                        Props.Create(() => new KeeperActor(new ClusterCopies(system, options))).WithDeploy(Deploy.Local),
                        ClusterSingletonManagerSettings.Create(system).WithSingletonName("keeper").WithRole(options.Role)),
                    ManagerName);
            }

            _proxy = system.SystemActorOf(
                ClusterSingletonProxy.Props(
                    $"/system/{ManagerName}",
                    ClusterSingletonProxySettings.Create(system).WithSingletonName("keeper").WithRole(options.Role).WithSingletonIdentificationInterval(LookForKeeper)),
                $"{ManagerName}-proxy");
            _options = options;
        }
    }

    public async Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken)
    {
        ThrowIfLeft();
        try
        {
            return await _proxy.Ask<IKeeperMessage>(new CommitRequest(transaction), _options!.RequestTimeout, cancellationToken).ConfigureAwait(false) switch
            {
                CommitReply answer => answer.Unpack(),
                CommitRefused refused => throw new GrantStoreException(refused.Text),
                var other => throw new GrantStoreException($"The keeper of the budgets has answered with {other?.GetType().Name}: are all members of one version?"),
            };
        }
        catch (AskTimeoutException)
        {
            ThrowIfLeft();
            throw KeeperErrors.NoAnswer(_options!, RoleMembers.Of(_cluster!, _options!.Role));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public async Task WatchAsync(WatchRecord watch, Action changed, CancellationToken cancellationToken)
    {
        ThrowIfLeft();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = system.ActorOf(Props.Create(() => new WatchActor(watch, _proxy, changed, ended)).WithDeploy(Deploy.Local));
        try
        {
            await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            system.Stop(watcher);
        }
    }

    public override string ToString() => _options is null
        ? "Akka.Cluster"
        : $"Akka.Cluster {system.Name}, kept by members{(_options.Role.Length == 0 ? "" : $" of role {_options.Role}")}, quorum {_options.QuorumSize}";

    static void ThrowUnlessSame(AkkaGrantStoreOptions first, AkkaGrantStoreOptions options)
    {
        if ((first.Role, first.QuorumSize, first.WriteTimeout, first.RequestTimeout, first.RequireDowning)
            != (options.Role, options.QuorumSize, options.WriteTimeout, options.RequestTimeout, options.RequireDowning))
        {
            throw new ArgumentException(
                $"This actor system keeps budgets already, with role '{first.Role}' and quorum-size {first.QuorumSize}; all stores of a system must have the same AkkaGrantStoreOptions.",
                nameof(options));
        }
    }

    void ThrowIfLeft()
    {
        if (_cluster!.IsTerminated)
        {
            throw KeeperErrors.HasLeft();
        }
    }
}
