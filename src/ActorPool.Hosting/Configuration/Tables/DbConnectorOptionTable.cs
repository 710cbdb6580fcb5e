using ActorPool.Data;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>How database connections are probed, reset and judged.</summary>
static class DbConnectorOptionTable
{
    public static readonly OptionTable<DbConnectorOptions> Table = new OptionTable<DbConnectorOptions>("database")
        .OneOf<DbReset>(nameof(DbConnectorOptions.Reset), static (options, value) => options.Reset = value)
        .Text(nameof(DbConnectorOptions.RollbackSql), static (options, value) => options.RollbackSql = value)
        .Text(nameof(DbConnectorOptions.SessionResetSql), static (options, value) => options.SessionResetSql = value)
        .TextOrNone(nameof(DbConnectorOptions.SessionResetSqlWhenPrepared), static (options, value) => options.SessionResetSqlWhenPrepared = value)
        .TextOrNone(nameof(DbConnectorOptions.ProbeSql), static (options, value) => options.ProbeSql = value)
        .Flag(nameof(DbConnectorOptions.EnlistInTransactions), static (options, value) => options.EnlistInTransactions = value)
        .InCodeOnly(nameof(DbConnectorOptions.IsFault), "it is a rule, which is code")
        .InCodeOnly(nameof(DbConnectorOptions.Classify), "it is a rule, which is code");
}
