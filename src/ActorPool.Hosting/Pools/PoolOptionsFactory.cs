using Microsoft.Extensions.Options;

namespace ActorPool.Hosting.Pools;

/// <summary>
/// Makes the options of a pool, from the general to the particular: what its connector begins with, what code says of all
/// pools, what the configuration says of all, what code says of this one, what its own object in the configuration says. Then
/// come <c>Configure</c> and <c>PostConfigure</c> of the application's own, and the validators, as for every options class.
/// </summary>
sealed class PoolOptionsFactory(
    PoolTable table,
    IEnumerable<IConfigureOptions<PoolOptions>> setups,
    IEnumerable<IPostConfigureOptions<PoolOptions>> postConfigures,
    IEnumerable<IValidateOptions<PoolOptions>> validations)
    : OptionsFactory<PoolOptions>(setups, postConfigures, validations)
{
    /// <exception cref="PoolConfigurationException">The configuration cannot be used.</exception>
    protected override PoolOptions CreateInstance(string name) =>
        table.TryGet(name, out var pool) ? table.ReadOptions(pool) : new PoolOptions();
}
