using ActorPool.Budgets.Etcd;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Hosting.Configuration.Values;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Configuration;

/// <summary><c>engine = etcd</c>, <c>etcd { … }</c></summary>
sealed class EtcdPart : OptionsPart<IGrantStore, EtcdGrantStoreOptions>
{
    public const string Name = "etcd";

    public static readonly OptionTable<EtcdGrantStoreOptions> Options = new OptionTable<EtcdGrantStoreOptions>(Name, BudgetOptionTable.Table.Knows)
        .List(nameof(EtcdGrantStoreOptions.Endpoints), ValueKinds.Text, static (options, values) => options.Endpoints = [.. values])
        .Text(nameof(EtcdGrantStoreOptions.KeyPrefix), static (options, value) => options.KeyPrefix = value)
        .TextOrNull(nameof(EtcdGrantStoreOptions.UserName), static (options, value) => options.UserName = value)
        .Secret(nameof(EtcdGrantStoreOptions.Password), static (options, value) => options.Password = value)
        .Object(nameof(EtcdGrantStoreOptions.Tls), static options => options.Tls, TlsOptionTable.Table)
        .Time(nameof(EtcdGrantStoreOptions.ConnectTimeout), static (options, value) => options.ConnectTimeout = value);

    protected override OptionTable<EtcdGrantStoreOptions> Table => Options;

    protected override void Begin(EtcdGrantStoreOptions options, OptionReading reading) =>
        reading.ReadDefaults(nameof(EtcdGrantStoreOptions.Tls), options.Tls, TlsOptionTable.Table);

    protected override void Check(EtcdGrantStoreOptions options) => EtcdTarget.Check(options);

    protected override IGrantStore Make(EtcdGrantStoreOptions options, IServiceProvider provider, IGrantStore? store) =>
        new EtcdGrantStore(options, provider.GetRequiredService<PoolRuntime>());
}
