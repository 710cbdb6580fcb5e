using System.Net;
using System.Text.Json;
using ActorPool.Dashboard.Tests.Hosting;
using ActorPool.TestKit;

namespace ActorPool.Dashboard.Tests.Live;

/// <summary>What the stream tells, to whom and until when.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task It_begins_with_who_and_what_and_a_picture_of_all_pools_and_goes_on_with_what_has_changed()
    {
        await using var host = await DashboardHost.StartAsync(options => options.Title = "Pools of the shop");
        var orders = host.AddPool("orders", options => options.MaxSize = 3);
        host.AddPool("cache");
        using var events = await EventReader.OpenAsync(host.Client);

        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        var (name, hello) = (await events.NextAsync())!.Value;
        Assert.Equal(("hello", "Pools of the shop", false), (name, hello.GetProperty("title").GetString(), hello.GetProperty("mayOperate").GetBoolean()));
        Assert.Contains("OperatePolicy", hello.GetProperty("whyNot").GetString(), StringComparison.Ordinal);
        var full = await events.PictureAsync();
        Assert.Equal(["orders", "cache"], Names(full));
        Assert.Equal(2, full.GetProperty("ids").GetArrayLength());

        // The second picture brings the rates of everybody; from then on nobody changes.
        await events.PictureAsync(picture => Names(picture).Count == 0);
        using var lease = await orders.AcquireAsync(new AcquireLease(Holder: "a test"));
        var changed = await events.PictureAsync(picture => Names(picture).Count > 0);
        while (changed.GetProperty("pools")[0].GetProperty("leased").GetInt32() == 0)
        {
            changed = await events.PictureAsync(picture => Names(picture).Count > 0);
        }

        Assert.Equal(["orders"], Names(changed));
        Assert.Equal("L", changed.GetProperty("pools")[0].GetProperty("slots").GetString());
        Assert.False(changed.TryGetProperty("ids", out _));
    }

    [Fact]
    public async Task It_tells_of_pools_that_come_and_go()
    {
        await using var host = await DashboardHost.StartAsync();
        var first = host.AddPool("first");
        using var events = await EventReader.OpenAsync(host.Client);
        await events.PictureAsync(picture => Names(picture).SequenceEqual(["first"]));

        host.AddPool("second");
        var came = await events.PictureAsync(picture => picture.TryGetProperty("ids", out _));
        Assert.Equal(2, came.GetProperty("ids").GetArrayLength());
        await first.DrainAsync();
        var went = await events.PictureAsync(picture => picture.TryGetProperty("ids", out _));

        Assert.Equal(1, went.GetProperty("ids").GetArrayLength());
    }

    [Fact]
    public async Task Waiters_and_rates_are_those_of_the_pool()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders", options => options.MaxSize = 1);
        using var events = await EventReader.OpenAsync(host.Client);
        await events.PictureAsync(picture => Rows(picture).Any(row => row.TryGetProperty("rate", out _)));

        var lease = await pool.AcquireAsync();
        var waiter = pool.AcquireAsync().AsTask();
        var waits = Row(await events.PictureAsync(picture => Rows(picture).Any(row => row.TryGetProperty("waiting", out _))));
        lease.Dispose();
        (await waiter).Dispose();
        var served = Row(await events.PictureAsync(picture => Rows(picture).Any(row => row.TryGetProperty("waitMs", out var wait) && wait.GetDouble() > 0)));

        Assert.Equal(1, waits.GetProperty("waiting").GetInt32());
        Assert.True(waits.TryGetProperty("oldestMs", out _));
        Assert.False(served.TryGetProperty("waiting", out _));
        Assert.True(served.GetProperty("rate").GetDouble() > 0);
    }

    [Fact]
    public async Task Two_pools_of_one_name_are_two_rows()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("twin");
        host.AddPool("twin");
        using var events = await EventReader.OpenAsync(host.Client);

        var picture = await events.PictureAsync();

        Assert.Equal(["twin", "twin"], Names(picture));
        Assert.Equal(2, Rows(picture).Select(row => row.GetProperty("id").GetInt64()).Distinct().Count());
    }

    [Fact]
    public async Task Pools_are_those_of_the_runtimes_that_are_given()
    {
        var other = new PoolRuntime();
        await using var pool = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { Name = "elsewhere" }, other);
        await using var host = await DashboardHost.StartAsync(options => options.Runtimes.Add(other));
        host.AddPool("in the container's runtime");
        using var events = await EventReader.OpenAsync(host.Client);

        Assert.Equal(["elsewhere"], Names(await events.PictureAsync()));
    }

    [Fact]
    public async Task One_page_too_many_is_told_to_come_again()
    {
        await using var host = await DashboardHost.StartAsync(options => options.MaxSubscribers = 1);
        using (await EventReader.OpenAsync(host.Client))
        {
            using var answer = await host.Client.GetAsync("live");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("MaxSubscribers", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_application_stops_while_a_page_is_open()
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders");
        using var events = await EventReader.OpenAsync(host.Client);
        await events.PictureAsync();

        // well below the 30 seconds that a host gives to requests that do not end
        await host.Application.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));

        while (await events.NextAsync() is not null)
        {
            // what was under way
        }
    }

    [Fact]
    public async Task An_error_whose_message_throws_spoils_one_row_and_no_other()
    {
        await using var host = await DashboardHost.StartAsync();
        var connector = ScriptedConnection.Connector();
        connector.Opens.Always(StepPlan.Fail(new ThrowingException()));
        host.AddPool("broken", options => options.MinSize = 1, connector);
        host.AddPool("sound");
        using var events = await EventReader.OpenAsync(host.Client);

        var picture = await events.PictureAsync(picture => Rows(picture).Any(row => row.TryGetProperty("error", out _)));

        Assert.Contains("could not be shown", Rows(picture).First().GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, line => line.Contains("'broken' could not be shown", StringComparison.Ordinal));
    }

    static List<string?> Names(JsonElement picture) => [.. Rows(picture).Select(row => row.GetProperty("name").GetString())];

    static JsonElement.ArrayEnumerator Rows(JsonElement picture) => picture.GetProperty("pools").EnumerateArray();

    static JsonElement Row(JsonElement picture) => Rows(picture).Single();

    sealed class ThrowingException : Exception
    {
        public override string Message => throw new NotSupportedException("no message");
    }
}
