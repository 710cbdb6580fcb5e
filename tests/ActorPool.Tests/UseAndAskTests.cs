namespace ActorPool.Tests;

/// <summary>The other ways to a lease: an operation that the pool runs, and a message.</summary>
public sealed class UseAndAskTests : VirtualPoolTest
{
    [Fact]
    public void UseAsync_returns_the_connection_and_its_result()
    {
        var pool = Create();

        var use = pool.UseAsync(static (connection, factor, _) => ValueTask.FromResult(connection.Id * factor), 10).AsTask();
        World.Run();

        Assert.Equal(10, use.GetAwaiter().GetResult());
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void An_exception_in_UseAsync_condemns_the_connection_and_reaches_the_caller()
    {
        var pool = Create();

        var use = pool.UseAsync(static (_, _) => throw new InvalidDataException("half a reply")).AsTask();
        World.Run();

        Assert.Equal("half a reply", Failure<InvalidDataException>(use).Message);
        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(0, pool.Snapshot().Size);
    }

    [Fact]
    public void An_exception_that_the_connector_calls_harmless_keeps_the_connection()
    {
        Connector.Harmless = error => error is FormatException;
        var pool = Create();

        var use = pool.UseAsync(static (_, _) => throw new FormatException()).AsTask();
        World.Run();

        Failure<FormatException>(use);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_cancelled_operation_condemns_its_connection()
    {
        var pool = Create();

        var use = pool.UseAsync(static (_, _) => throw new OperationCanceledException()).AsTask();
        World.Run();

        Failure<OperationCanceledException>(use);
        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void An_ask_answers_with_a_value_whatever_happens()
    {
        var pool = Create(options => options.MaxSize = 1);
        var first = pool.Ref.Ask(new AcquireLease(Holder: "first")).AsTask();
        World.Run();
        Assert.True(first.Result.IsSuccess);
        Assert.Equal("first", Assert.Single(pool.Snapshot().Connections).Holder);

        var second = pool.Ref.Ask(new AcquireLease(Ms(5))).AsTask();
        World.Advance(Ms(5));
        Assert.IsType<AcquireTimeoutException>(second.Result.Failure);

        using var cancellation = new CancellationTokenSource();
        var third = pool.Ref.Ask(new AcquireLease(), cancellation.Token).AsTask();
        cancellation.Cancel();
        World.Run();
        Assert.IsType<OperationCanceledException>(third.Result.Failure, exactMatch: false);

        first.Result.Lease.Dispose();
        var fourth = pool.Ref.Ask(new AcquireLease()).AsTask();
        World.Run();
        fourth.Result.Lease.Dispose();
    }
}
