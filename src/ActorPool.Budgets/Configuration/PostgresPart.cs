using ActorPool.Budgets.Postgres;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Hosting.Configuration.Values;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Configuration;

/// <summary><c>engine = postgres</c>, <c>postgres { … }</c></summary>
sealed class PostgresPart : OptionsPart<IGrantStore, PostgresGrantStoreOptions>
{
    public const string Name = "postgres";

    public static readonly OptionTable<PostgresGrantStoreOptions> Options = new OptionTable<PostgresGrantStoreOptions>(Name, BudgetOptionTable.Table.Knows)
        .Value(nameof(PostgresGrantStoreOptions.ConnectionString), ValueKinds.ConnectionString, static (options, value) => options.ConnectionString = value)
        .Text(nameof(PostgresGrantStoreOptions.Table), static (options, value) => options.Table = value)
        .Flag(nameof(PostgresGrantStoreOptions.CreateTable), static (options, value) => options.CreateTable = value)
        .Flag(nameof(PostgresGrantStoreOptions.Listen), static (options, value) => options.Listen = value)
        .Text(nameof(PostgresGrantStoreOptions.ApplicationName), static (options, value) => options.ApplicationName = value);

    protected override OptionTable<PostgresGrantStoreOptions> Table => Options;

    protected override void Check(PostgresGrantStoreOptions options) => PostgresTarget.Parse(options);

    protected override IGrantStore Make(PostgresGrantStoreOptions options, IServiceProvider provider, IGrantStore? store) =>
        new PostgresGrantStore(options, provider.GetRequiredService<PoolRuntime>());
}
