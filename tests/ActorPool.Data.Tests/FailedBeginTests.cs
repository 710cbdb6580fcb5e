using System.Transactions;
using ActorPool.Data.Tests.Fakes;

namespace ActorPool.Data.Tests;

/// <summary>A transaction that could not be begun, by a provider that sends <c>BEGIN</c> at once, is not the next holder's. Needs no server.</summary>
public sealed class FailedBeginTests
{
    [Theory]
    [InlineData(DbReset.None, false)]
    [InlineData(DbReset.None, true)]
    [InlineData(DbReset.Rollback, true)]
    public async Task A_begin_that_was_cancelled_is_rolled_back_when_its_connection_is_closed(DbReset reset, bool async)
    {
        var inner = new FakeDbDataSource { BeginFails = new OperationCanceledException() };
        await using var source = Source(inner, reset);
        await using (var connection = await source.OpenConnectionAsync())
        {
            await Assert.ThrowsAsync<OperationCanceledException>(
                async () => _ = async ? await connection.BeginTransactionAsync() : connection.BeginTransaction());
        }

        await NextHolderFindsAsync(source, inner);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_open_within_a_scope_that_was_cancelled_is_rolled_back(bool async)
    {
        var inner = new FakeDbDataSource { BeginFails = new OperationCanceledException() };
        await using var source = Source(inner);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await Assert.ThrowsAsync<OperationCanceledException>(
                async () => _ = async ? await source.OpenConnectionAsync() : source.OpenConnection());
        }

        await NextHolderFindsAsync(source, inner);
    }

    [Fact]
    public async Task An_open_connection_that_could_not_be_enlisted_is_rolled_back()
    {
        var inner = new FakeDbDataSource { BeginFails = new OperationCanceledException() };
        await using var source = Source(inner);
        using var transaction = new CommittableTransaction();
        await using (var connection = await source.OpenConnectionAsync())
        {
            Assert.Throws<OperationCanceledException>(() => connection.EnlistTransaction(transaction));
        }

        await NextHolderFindsAsync(source, inner);
    }

    [Fact]
    public async Task A_begin_after_which_the_connection_is_unfit_is_not_rolled_back_but_closed()
    {
        var inner = new FakeDbDataSource { BeginFails = new IOException("the server is gone") };
        await using var source = Source(inner);
        await using (var connection = await source.OpenConnectionAsync())
        {
            await Assert.ThrowsAsync<IOException>(async () => await connection.BeginTransactionAsync());
        }

        await using var next = await source.OpenConnectionAsync();
        Assert.Equal(["BEGIN"], inner.Executed);
        Assert.Equal(2, source.Pool.Snapshot().Opened);
    }

    static PooledDbDataSource Source(FakeDbDataSource inner, DbReset reset = DbReset.None) =>
        PooledDbDataSource.Create(inner, new PoolOptions { MaxSize = 1 }, new DbConnectorOptions { Reset = reset });

    static async Task NextHolderFindsAsync(PooledDbDataSource source, FakeDbDataSource inner)
    {
        await using var next = await source.OpenConnectionAsync();
        Assert.Equal(["BEGIN", "ROLLBACK"], inner.Executed);
        Assert.Equal(1, source.Pool.Snapshot().Opened);
    }
}
