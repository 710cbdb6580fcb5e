namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>How a replica group chooses among its members.</summary>
static class ReplicaOptionTable<TConnection>
    where TConnection : class
{
    public static readonly OptionTable<ReplicaGroupOptions<TConnection>> Table = new OptionTable<ReplicaGroupOptions<TConnection>>("replicas")
        .Elsewhere(nameof(ReplicaGroupOptions<>.Pool), "the options of the members' pools stand beside their connector")
        .InCodeOnly(nameof(ReplicaGroupOptions<>.Configure), "it is called, and is code")
        .OneOf<RoutingStrategy>(nameof(ReplicaGroupOptions<>.Strategy), static (options, value) => options.Strategy = value)
        .Time(nameof(ReplicaGroupOptions<>.HedgeDelay), static (options, value) => options.HedgeDelay = value)
        .Count(nameof(ReplicaGroupOptions<>.EjectAfterFaults), static (options, value) => options.EjectAfterFaults = value)
        .Time(nameof(ReplicaGroupOptions<>.BaseEjectionTime), static (options, value) => options.BaseEjectionTime = value)
        .Time(nameof(ReplicaGroupOptions<>.MaxEjectionTime), static (options, value) => options.MaxEjectionTime = value)
        .Number(nameof(ReplicaGroupOptions<>.MaxEjectedShare), static (options, value) => options.MaxEjectedShare = value)
        .Number(nameof(ReplicaGroupOptions<>.PanicThreshold), static (options, value) => options.PanicThreshold = value)
        .OneOf<TargetRole>(nameof(ReplicaGroupOptions<>.Role), static (options, value) => options.Role = value)
        .InCodeOnly(nameof(ReplicaGroupOptions<>.RoleProbe), "it is called, and is code")
        .Time(nameof(ReplicaGroupOptions<>.RoleInterval), static (options, value) => options.RoleInterval = value)
        .Flag(nameof(ReplicaGroupOptions<>.ResolveNames), static (options, value) => options.ResolveNames = value)
        .Time(nameof(ReplicaGroupOptions<>.ResolveInterval), static (options, value) => options.ResolveInterval = value)
        .InCodeOnly(nameof(ReplicaGroupOptions<>.Resolver), "it is called, and is code");
}
