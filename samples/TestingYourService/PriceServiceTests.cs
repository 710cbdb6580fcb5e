using ActorPool;
using ActorPool.TestKit;

namespace TestingYourService;

public sealed class PriceServiceTests
{
    readonly VirtualRuntime _world = new();
    readonly ScriptedConnector<IPriceConnection> _server = new((_, server) => new FakePriceConnection(server));
    readonly ConnectionPool<IPriceConnection> _pool;
    readonly PriceService _service;

    public PriceServiceTests()
    {
        _pool = ConnectionPool.Create(_server, PriceService.PoolOptions, _world.Runtime);
        _service = new PriceService(_pool, _world.Time);
    }

    [Fact]
    public void A_price_is_asked_for()
    {
        var price = _world.Await(() => _service.GetAsync("tea"));

        Assert.Equal(new Price(3, _world.Time.GetUtcNow()), price);
    }

    [Fact]
    public void When_every_connection_is_busy_for_two_seconds_the_answer_is_the_last_price()
    {
        var last = _world.Await(() => _service.GetAsync("tea"));

        _server.Operations.Next(2, StepPlan.After(TimeSpan.FromSeconds(2.5)));
        var coffee = _world.Start(() => _service.GetAsync("coffee"));
        var cocoa = _world.Start(() => _service.GetAsync("cocoa"));
        var tea = _world.Start(() => _service.GetAsync("tea"));

        _world.Advance(TimeSpan.FromSeconds(1.999));
        Assert.Equal(1, _pool.Snapshot().Waiting);
        Assert.False(tea.IsCompleted);
        _world.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(last, tea.Result);

        Assert.Equal([6, 5], [_world.Await(coffee).Amount, _world.Await(cocoa).Amount]);
    }

    [Fact]
    public void While_the_server_is_down_last_prices_are_told_and_when_it_is_back_new_ones()
    {
        var last = _world.Await(() => _service.GetAsync("tea"));

        _server.StopServer();
        _world.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(last, _world.Await(() => _service.GetAsync("tea")));
        Assert.ThrowsAny<PoolException>(() => _world.Await(() => _service.GetAsync("coffee")));

        _server.StartServer();
        _world.RunUntil(() => _pool.Snapshot().Health == PoolHealth.Healthy);
        Assert.Equal(_world.Time.GetUtcNow(), _world.Await(() => _service.GetAsync("tea")).AsOf);
    }

    [Fact]
    public void When_a_connection_dies_in_use_the_question_is_asked_again_on_another()
    {
        _server.Operations.Next(StepPlan.Fail(new IOException("reset by peer")));

        Assert.Equal(3, _world.Await(() => _service.GetAsync("tea")).Amount);

        Assert.Equal(2, _server.Operations.Calls);
        Assert.Equal(CloseReason.Fault, _server.Closed.Single().Reason);
    }

    [Fact]
    public void When_a_connection_dies_in_use_a_change_is_not_made_twice()
    {
        _server.Operations.Next(StepPlan.Fail(new IOException("reset by peer")));

        Assert.Throws<IOException>(() => _world.Await(() => _service.ChangeAsync("tea", 4)));

        Assert.Equal(1, _server.Operations.Calls);
    }

    [Fact]
    public void A_connection_that_dies_idle_is_replaced_before_anybody_gets_it()
    {
        using var events = _world.Listen(_pool);
        events.Expect<ConnectionOpened>();

        _server.KillAll();

        Assert.Equal(CloseReason.ProbeFailed, events.Expect<ConnectionClosed>(within: TimeSpan.FromSeconds(60)).Reason);
        events.Expect<ConnectionOpened>();
        _world.Await(() => _service.ChangeAsync("tea", 4));
        events.ExpectNone<PoolEvent>(during: TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Even_one_that_looks_alive_costs_no_question_its_answer()
    {
        _world.Advance(TimeSpan.FromSeconds(10));
        _server.KillAll();
        _server.LiesInIsReusable = true;

        Assert.Equal(3, _world.Await(() => _service.GetAsync("tea")).Amount);

        Assert.Equal(2, _server.Operations.Calls);
    }

    [Fact]
    public void When_opens_hang_the_customer_is_told_after_two_seconds()
    {
        _server.StopServer(StepPlan.Hang);

        Assert.Throws<AcquireTimeoutException>(() => _world.Await(() => _service.GetAsync("tea")));

        Assert.Equal(TimeSpan.FromSeconds(2), _world.Time.Elapsed);
    }

    [Fact]
    public void When_the_server_never_answers_the_customer_is_told_after_three_seconds()
    {
        _server.Operations.Next(StepPlan.Hang);

        Assert.ThrowsAny<OperationCanceledException>(() => _world.Await(() => _service.GetAsync("tea")));

        Assert.Equal(TimeSpan.FromSeconds(3), _world.Time.Elapsed);
    }

    [Fact]
    public void When_the_customer_leaves_the_question_ends_and_its_connection_is_not_used_again()
    {
        using var customer = new CancellationTokenSource();
        _server.Operations.Next(StepPlan.Hang);
        var price = _world.Start(() => _service.GetAsync("tea", customer.Token));

        _world.Run(customer.Cancel);

        Assert.True(price.IsCanceled);
        Assert.Equal(CloseReason.Fault, _server.Closed.Single().Reason);
    }

    [Fact]
    public void The_service_stops_in_time_even_if_connections_close_slowly()
    {
        _world.Await(() => _service.GetAsync("tea"));
        _server.Closes.Always(StepPlan.After(TimeSpan.FromMinutes(1)));

        _world.Await(_service.StopAsync, within: TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void A_report_is_put_together_on_another_thread_which_the_clock_waits_for()
    {
        _world.ThreadPatience = TimeSpan.FromSeconds(5);

        Assert.Equal("tea 3\ncoffee 6", _world.Await(() => _service.ReportAsync("tea", "coffee")));

        Assert.Equal(TimeSpan.Zero, _world.Time.Elapsed);
    }
}
