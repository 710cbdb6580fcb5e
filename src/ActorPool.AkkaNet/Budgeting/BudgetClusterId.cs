using Akka.Actor;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>Makes a system's <see cref="BudgetCluster"/>.</summary>
sealed class BudgetClusterId : ExtensionIdProvider<BudgetCluster>
{
    public override BudgetCluster CreateExtension(ExtendedActorSystem system) => new(system);
}
