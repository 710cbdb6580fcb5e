using System.Data.Common;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>What is refused, and in which words; nothing secret is shown. Needs no server.</summary>
public sealed class BadInputTests
{
    const string Secret = "p";
    const string Text = "Host=db.internal;Port=5433;Database=orders;Username=app;Password=" + Secret;

    [Fact]
    public void A_data_source_that_pools_by_itself_is_refused()
    {
        using var pooling = NpgsqlDataSource.Create(Text);
        var error = Assert.Throws<ArgumentException>(() => PooledDbDataSource.Create(pooling));
        Assert.Contains("Pooling=false", error.Message, StringComparison.Ordinal);
        Assert.Equal("dataSource", error.ParamName);
        Assert.Throws<ArgumentException>(() => new DbConnector(pooling));
        using var fine = NpgsqlDataSource.Create(Text + ";Pooling=false");
        using var source = PooledDbDataSource.Create(fine);
        Assert.Throws<ArgumentException>(() => PooledDbDataSource.Create(source));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Hots=localhost", "Hots")]
    [InlineData("Host=localhost;Port=many", "port")]
    [InlineData("no connection string", "initialization string")]
    public void A_connection_string_that_cannot_be_used_is_refused_by_name(string text, string hint)
    {
        var error = Assert.Throws<ArgumentException>(() => PooledDbDataSource.Create(NpgsqlFactory.Instance, text));
        Assert.Equal("connectionString", error.ParamName);
        Assert.Contains(hint, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_refused_together()
    {
        var error = Assert.Throws<ArgumentException>(() => PooledDbDataSource.Create(
            NpgsqlFactory.Instance,
            Text,
            options: new DbConnectorOptions { Reset = (DbReset)9, RollbackSql = "", SessionResetSql = " ", SessionResetSqlWhenPrepared = "", ProbeSql = "" }));
        foreach (var name in new[] { "Reset is 9", "RollbackSql is empty", "SessionResetSql is empty", "SessionResetSqlWhenPrepared is empty", "ProbeSql is empty" })
        {
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }

        error = Assert.Throws<ArgumentException>(() => PooledDbDataSource.Create(NpgsqlFactory.Instance, Text, new PoolOptions { MaxLeasesPerConnection = 2 }));
        Assert.Contains("MaxLeasesPerConnection is 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxSize", Assert.Throws<ArgumentException>(() => PooledDbDataSource.Create(NpgsqlFactory.Instance, Text, new PoolOptions { MaxSize = 0 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => PooledDbDataSource.Create(null!));
        Assert.Throws<ArgumentNullException>(() => PooledDbDataSource.Create(NpgsqlFactory.Instance, null!));
        Assert.Throws<ArgumentNullException>(() => new DatabaseDirectory(null!));
    }

    [Theory]
    [InlineData(Text)]
    [InlineData(Text + ";Persist Security Info=true;SSL Password=other")]
    public void Passwords_show_nowhere(string text)
    {
        using var source = PooledDbDataSource.Create(NpgsqlFactory.Instance, text);
        using var connection = source.CreateConnection();
        foreach (var shown in new[] { source.ConnectionString, connection.ConnectionString, source.ToString(), connection.ToString() })
        {
            Assert.DoesNotContain("password", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("other", shown, StringComparison.Ordinal);
        }

        Assert.Equal(("orders", "tcp://db.internal:5433"), (connection.Database, connection.DataSource));
        Assert.Equal(15, connection.ConnectionTimeout);
        Assert.Equal("pooled data source of tcp://db.internal:5433/orders", source.ToString());
        connection.ConnectionString = source.ConnectionString;
        Assert.Throws<NotSupportedException>(() => connection.ConnectionString = "Host=elsewhere");
        using (var inner = NpgsqlDataSource.Create(text + ";Pooling=false"))
        using (var over = PooledDbDataSource.Create(inner))
        {
            Assert.DoesNotContain("password", over.ConnectionString, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_disposed_data_source_gives_no_connections()
    {
        var source = PooledDbDataSource.Create(NpgsqlFactory.Instance, Text);
        var connection = source.CreateConnection();
        source.Dispose();
        source.Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.CreateConnection());
        Assert.Throws<ObjectDisposedException>(source.OpenConnection);
        Assert.Throws<ObjectDisposedException>(connection.Open);
    }

    [Fact]
    public async Task A_pool_without_a_connection_in_time_says_so_as_a_transient_database_error()
    {
        await using var source = PooledDbDataSource.Create(
            NpgsqlFactory.Instance, "Host=127.0.0.1;Port=1;Username=u;Password=w", new PoolOptions { AcquireTimeout = TimeSpan.FromMilliseconds(50) });
        foreach (var error in new[]
        {
            Assert.Throws<PooledDbException>(source.OpenConnection),
            await Assert.ThrowsAsync<PooledDbException>(async () => await source.OpenConnectionAsync()),
        })
        {
            Assert.True(error.IsTransient);
            Assert.IsType<AcquireTimeoutException>(error.PoolException);
            Assert.Same(error.PoolException, error.InnerException);
            Assert.Contains("AcquireTimeout", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Password", error.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await source.OpenConnectionAsync(cancelled.Token));
    }

    [Fact]
    public async Task An_endpoint_that_has_been_failing_for_long_throws_the_providers_own_error()
    {
        await using var source = PooledDbDataSource.Create(
            NpgsqlFactory.Instance, "Host=127.0.0.1;Port=1;Username=u;Password=w", new PoolOptions { UnavailableAfter = TimeSpan.Zero });
        var error = await Assert.ThrowsAsync<NpgsqlException>(async () => await source.OpenConnectionAsync());
        Assert.True(error.IsTransient);
    }

    [Fact]
    public void A_command_takes_only_what_is_a_pooled_connections()
    {
        using var source = PooledDbDataSource.Create(NpgsqlFactory.Instance, Text);
        using var connection = source.CreateConnection();
        using var command = connection.CreateCommand();
        using var foreign = new global::Npgsql.NpgsqlConnection(Text);
        Assert.Throws<InvalidOperationException>(() => command.Connection = foreign);
        Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery());
        command.Connection = null;
        Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery());
        command.Dispose();
        command.Dispose();
        Assert.Throws<ObjectDisposedException>(() => command.ExecuteNonQuery());
    }

    [Fact]
    public void Rules_of_the_user_come_first_and_may_throw()
    {
        var connector = new DbConnector(NpgsqlFactory.Instance, Text, new DbConnectorOptions
        {
            IsFault = static error => error is TimeoutException ? true : error is IOException ? false : error is NotSupportedException ? throw error : null,
            Classify = static error => error is TimeoutException ? OpenFailureKind.Configuration : null,
        });
        Assert.True(connector.IsFault(new TimeoutException()));
        Assert.False(connector.IsFault(new IOException()));
        Assert.False(connector.IsFault(new NotSupportedException()));
        Assert.Equal(OpenFailureKind.Configuration, connector.Classify(new TimeoutException()));
        Assert.Equal(OpenFailureKind.Transient, connector.Classify(new IOException()));
    }

    [Theory]
    [InlineData("08006", true, OpenFailureKind.Transient)]
    [InlineData("57P01", true, OpenFailureKind.Transient)]
    [InlineData("57P02", true, OpenFailureKind.Transient)]
    [InlineData("57P03", true, OpenFailureKind.Transient)]
    [InlineData("57014", false, OpenFailureKind.Transient)]
    [InlineData("40001", false, OpenFailureKind.Transient)]
    [InlineData("53300", false, OpenFailureKind.Transient)]
    [InlineData("28P01", false, OpenFailureKind.Credentials)]
    [InlineData("28000", false, OpenFailureKind.Credentials)]
    [InlineData("3D000", false, OpenFailureKind.Configuration)]
    public void Sql_states_say_what_an_error_means(string state, bool isFault, OpenFailureKind kind)
    {
        var connector = new DbConnector(NpgsqlFactory.Instance, Text);
        var error = new PostgresException("it went wrong", "ERROR", "ERROR", state);
        Assert.Equal(isFault, connector.IsFault(error));
        Assert.Equal(kind, connector.Classify(error));
    }
}
