namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>What the host does with the pools: <c>hosting { … }</c> beside <c>pools</c>.</summary>
static class HostingOptionTable
{
    public static readonly OptionTable<ActorPoolOptions> Table = new OptionTable<ActorPoolOptions>("hosting")
        .Flag(nameof(ActorPoolOptions.WarmUp), static (options, value) => options.WarmUp = value)
        .Time(nameof(ActorPoolOptions.StartWait), static (options, value) => options.StartWait = value)
        .Flag(nameof(ActorPoolOptions.Reload), static (options, value) => options.Reload = value);
}
