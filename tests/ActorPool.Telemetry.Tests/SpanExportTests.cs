using System.Diagnostics;
using ActorPool.Telemetry.Tests.Otlp;
using ActorPool.TestKit;

namespace ActorPool.Telemetry.Tests;

/// <summary>The spans of pools as a collector receives them.</summary>
public sealed class SpanExportTests(OtlpReceiver receiver) : OtlpTest(receiver)
{
    const ulong Client = 3;

    [Fact]
    public void A_first_acquire_is_a_wait_and_a_lease_of_its_caller_linked_to_an_open_that_is_nobodys_child()
    {
        Connector.Opens.Always(StepPlan.After(Ms(20)));
        var pool = Create("orders", static options => options.Endpoint = Endpoint.Parse("db.internal:5432/orders"));

        World.Await(async () =>
        {
            using var request = Application.StartActivity("request");
            await using var lease = await pool.AcquireAsync();
            await Task.Delay(Ms(300), World.Time);
        });
        var spans = Spans();

        var request = Span(spans, "request");
        var (open, wait, held) = (Span(spans, "connection.open"), Span(spans, "connection.wait"), Span(spans, "connection.lease"));
        Assert.All([open, wait, held], static span => Assert.Equal(PoolTelemetry.ActivitySourceName, span.Scope));
        Assert.Equal((request.TraceId, request.SpanId), (wait.TraceId, wait.ParentSpanId));
        Assert.Equal((request.TraceId, request.SpanId), (held.TraceId, held.ParentSpanId));
        Assert.Equal("", open.ParentSpanId);
        Assert.NotEqual(request.TraceId, open.TraceId);
        Assert.Equal([request.SpanId], open.LinkedSpanIds);
        Assert.Equal([open.SpanId], held.LinkedSpanIds);
        Assert.Empty(wait.LinkedSpanIds);
        Assert.Equal((Ms(20), Ms(20), Ms(300)), (open.Took, wait.Took, held.Took));
        Assert.All(spans, static span => Assert.False(span.IsError, span.StatusText));

        Assert.Equal(Client, open.Kind);
        Assert.Equal(
            ("orders", 1L, 1L, "db.internal", 5432L),
            (open.Attributes[Pool], open.Attributes["actorpool.connection.id"], open.Attributes["actorpool.open.attempt"], open.Attributes["server.address"], open.Attributes["server.port"]));
        Assert.Equal(("orders", "waited"), (wait.Attributes[Pool], wait.Attributes["actorpool.acquire.outcome"]));
        Assert.Equal(
            ("orders", 1L, 1L),
            (held.Attributes[Pool], held.Attributes["actorpool.connection.id"], held.Attributes["actorpool.connection.use_count"]));
    }

    [Fact]
    public void An_acquire_that_is_served_at_once_has_no_wait()
    {
        var pool = Create("orders", static options => options.MinSize = 1);

        World.Await(() => pool.AcquireAsync()).Dispose();
        World.Await(() => pool.AcquireAsync()).Dispose();
        var spans = Spans();

        Assert.DoesNotContain(spans, static span => span.Name == "connection.wait");
        Assert.Equal([1L, 2L], spans.Where(static span => span.Name == "connection.lease").Select(static span => span.Attributes["actorpool.connection.use_count"]));
        Assert.All(spans, static span => Assert.Equal("", span.ParentSpanId));
    }

    [Fact]
    public void Every_way_to_acquire_and_to_return_has_its_lease()
    {
        var pool = Create("orders", static options => options.MinSize = 1);

        World.Await(() => pool.AcquireAsync()).Dispose();
        World.Await(() => pool.AcquireAsync(new AcquireLease(Holder: "me"))).ReturnWithoutReset();
        World.Await(() => pool.Ref.Ask(new AcquireLease())).Lease.Dispose();
        pool.Acquire().ReturnWith(static (_, _) => default);
        World.Run();
        Assert.True(pool.TryAcquire(out var tried));
        tried.Dispose();
        World.Await(() => pool.UseAsync(static (_, _) => default));
        World.Await(() => pool.AcquireAsync()).Detach();

        Assert.Equal(7, Spans().Count(static span => span.Name == "connection.lease"));
    }

    [Fact]
    public void A_wait_that_times_out_is_an_error_and_one_that_is_cancelled_is_none()
    {
        var pool = Create("orders", static options => options.MaxSize = 1);
        var lease = World.Await(() => pool.AcquireAsync());
        using var cancellation = new CancellationTokenSource();
        var impatient = World.Start(() => pool.AcquireAsync(Ms(250)));
        var cancelled = World.Start(() => pool.AcquireAsync(cancellation.Token));
        World.Advance(Ms(250));
        World.Run(cancellation.Cancel);
        Assert.True(impatient.IsFaulted && cancelled.IsCanceled);

        var waits = Spans().Where(static span => span.Name == "connection.wait").ToDictionary(static span => span.Attributes["actorpool.acquire.outcome"]);

        var timedOut = waits["timed_out"];
        Assert.Equal((true, "acquire_timeout", Ms(250)), (timedOut.IsError, timedOut.Attributes["error.type"], timedOut.Took));
        Assert.Contains("AcquireTimeout", timedOut.StatusText, StringComparison.Ordinal);
        Assert.False(waits["cancelled"].IsError);
        lease.Dispose();
    }

    [Fact]
    public void A_failed_open_is_an_error_that_says_why()
    {
        Connector.Opens.Next(StepPlan.Fail(new IOException("refused by db.internal")));
        var pool = Create("orders");

        World.Await(() => pool.AcquireAsync()).Dispose();
        var opens = Spans().Where(static span => span.Name == "connection.open").ToList();

        Assert.Equal(2, opens.Count);
        Assert.Equal((true, "System.IO.IOException", "IOException: refused by db.internal"), (opens[0].IsError, opens[0].Attributes["error.type"], opens[0].StatusText));
        Assert.Equal((false, 2L), (opens[1].IsError, opens[1].Attributes["actorpool.open.attempt"]));
    }

    [Fact]
    public void A_lease_that_was_marked_faulty_or_taken_back_is_an_error()
    {
        var pool = Create("orders", static options => options.LeaseTimeout = TimeSpan.FromSeconds(1));
        var faulty = World.Await(() => pool.AcquireAsync());
        faulty.MarkFaulty(new IOException("reset"));
        faulty.Dispose();
        World.Await(() => pool.AcquireAsync());
        World.Advance(TimeSpan.FromSeconds(5));

        var leases = Spans().Where(static span => span.Name == "connection.lease").ToList();

        Assert.Equal(2, leases.Count);
        Assert.Equal((true, "System.IO.IOException", "IOException: reset"), (leases[0].IsError, leases[0].Attributes["error.type"], leases[0].StatusText));
        Assert.Equal((true, "lease_timeout", TimeSpan.FromSeconds(1)), (leases[1].IsError, leases[1].Attributes["error.type"], leases[1].Took));
    }

    [Fact]
    public void Neither_a_wait_nor_a_lease_becomes_the_callers_current_activity()
    {
        var pool = Create("orders");

        World.Await(async () =>
        {
            using var request = Application.StartActivity("request");
            var lease = await pool.AcquireAsync();
            Assert.Same(request, Activity.Current);
            Application.StartActivity("query")!.Dispose();
            lease.Dispose();
            Assert.Same(request, Activity.Current);
        });
        var spans = Spans();

        Assert.Equal(Span(spans, "request").SpanId, Span(spans, "query").ParentSpanId);
    }

    [Fact]
    public void What_a_connector_traces_is_a_child_of_the_open_and_nothing_of_its_caller()
    {
        var seen = new List<string?>();
        var pool = ConnectionPool.Create(
            ActorPool.Connector.Create<object>((_, _) =>
            {
                seen.Add(Activity.Current?.OperationName);
                Application.StartActivity("handshake")!.Dispose();
                return new ValueTask<object>(new object());
            }),
            new PoolOptions { Name = "orders" },
            World.Runtime);

        World.Await(async () =>
        {
            using var request = Application.StartActivity("request");
            (await pool.AcquireAsync()).Dispose();
            Assert.Same(request, Activity.Current);
        });
        var spans = Spans();

        Assert.Equal(["connection.open"], seen);
        Assert.Equal(Span(spans, "connection.open").SpanId, Span(spans, "handshake").ParentSpanId);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Each_open_is_linked_to_the_waiters_that_it_was_opened_for()
    {
        Connector.Opens.Always(StepPlan.After(Ms(20)));
        var pool = Create("orders");

        World.Await(() => Task.WhenAll(RequestAsync("one"), RequestAsync("two")));
        var spans = Spans();

        var opens = spans.Where(static span => span.Name == "connection.open").ToList();
        Assert.Equal([Span(spans, "one").SpanId], opens[0].LinkedSpanIds);
        Assert.Equal([Span(spans, "two").SpanId], opens[1].LinkedSpanIds);

        async Task RequestAsync(string name)
        {
            using var request = Application.StartActivity(name);
            (await pool.AcquireAsync()).Dispose();
        }
    }

    [Fact]
    public void A_lease_of_a_replica_group_is_its_callers_whichever_member_serves_in_the_end()
    {
        var dead = ScriptedConnection.Connector();
        dead.Opens.Always(StepPlan.Fail(new IOException("refused")));
        var group = new ReplicaGroup<ScriptedConnection>(
            replica => replica.Address.Host == "a" ? dead : Connector,
            [Endpoint.Parse("a:1"), Endpoint.Parse("b:1")],
            new ReplicaGroupOptions<ScriptedConnection> { Pool = { Name = "mirrors", MaxSize = 1 }, Strategy = RoutingStrategy.FirstHealthy },
            World.Runtime);

        World.Await(async () =>
        {
            using var request = Application.StartActivity("request");
            (await group.AcquireAsync()).Dispose();
        });
        var spans = Spans();

        var lease = Span(spans, "connection.lease");
        Assert.Equal(Span(spans, "request").SpanId, lease.ParentSpanId);
        Assert.Contains("b:1", (string)lease.Attributes[Pool], StringComparison.Ordinal);
    }
}
