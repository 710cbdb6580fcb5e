using System.Net;
using System.Text;
using System.Text.Json;
using ActorPool.Dashboard.Tests.Hosting;
using ActorPool.TestKit;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Dashboard.Tests.Operating;

/// <summary>What may be done to pools, by whom, and what is written down of it.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task Each_operation_does_what_it_says_and_answers_with_the_new_picture()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("orders", options => options.MaxSize = 8);
        using var user = await OperatorAsync(host);

        Assert.Equal("paused", (await DoneAsync(user, "pause")).GetProperty("mode").GetString());
        Assert.True(pool.Snapshot().IsPaused);
        Assert.Equal("open", (await DoneAsync(user, "resume")).GetProperty("mode").GetString());
        var resized = await DoneAsync(user, "resize", """, "min": 2, "max": 5""");
        Assert.Equal((2, 5), (resized.GetProperty("min").GetInt32(), resized.GetProperty("max").GetInt32()));
        Assert.Equal(4, (await DoneAsync(user, "warm-up", """, "connections": 4""")).GetProperty("idle").GetInt32());
        using var lease = await pool.AcquireAsync();
        await DoneAsync(user, "evict", $$""", "connection": {{lease.ConnectionId}}""");
        Assert.True(lease.IsActive);
        await DoneAsync(user, "evict", $$""", "connection": {{lease.ConnectionId}}, "hard": true""");
        Assert.False(lease.IsActive);
        await DoneAsync(user, "evict");
        await DoneAsync(user, "drain");
        Assert.True(pool.Snapshot().IsClosed);
        Assert.Empty(host.Runtime.Pools);
    }

    [Fact]
    public async Task Each_is_logged_with_user_pool_operation_and_result()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        host.AddPool("orders");
        using var user = await OperatorAsync(host);
        using var reader = host.ClientOf(TestUsers.Reader);

        await DoneAsync(user, "pause");
        using (await PostAsync(user, "resize", Body(""", "min": 5, "max": 2""")))
        using (await PostAsync(reader, "drain", Body()))
        {
        }

        Assert.Contains("Information Pool 'orders': the operator did pause on the dashboard.", host.Log.Lines);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning Pool 'orders': the operator asked for resize to 5..2", StringComparison.Ordinal));
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning Pool 'orders': the reader was refused drain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_only_look_gets_no_token_and_is_refused()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("orders");
        using var user = await OperatorAsync(host);
        using var reader = host.ClientOf(TestUsers.Reader);
        reader.DefaultRequestHeaders.Add("RequestVerificationToken", user.DefaultRequestHeaders.GetValues("RequestVerificationToken"));

        using var token = await reader.GetAsync("token");
        using var answer = await PostAsync(reader, "pause", Body());

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (token.StatusCode, answer.StatusCode));
        Assert.Contains("OperatePolicy", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(pool.Snapshot().IsPaused);
    }

    [Fact]
    public async Task Without_the_token_nothing_is_done()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("orders");
        using var user = await OperatorAsync(host);
        user.DefaultRequestHeaders.Remove("RequestVerificationToken");

        using var without = await PostAsync(user, "pause", Body());
        user.DefaultRequestHeaders.Add("RequestVerificationToken", "forged");
        using var forged = await PostAsync(user, "pause", Body());

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (without.StatusCode, forged.StatusCode));
        Assert.Contains("antiforgery", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(pool.Snapshot().IsPaused);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Another_site_cannot_have_it_done_even_with_the_token(string header, string value)
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var pool = host.AddPool("orders");
        using var user = await OperatorAsync(host);
        user.DefaultRequestHeaders.Add(header, value);

        using var answer = await PostAsync(user, "pause", Body());

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(pool.Snapshot().IsPaused);
    }

    [Theory]
    [InlineData("pause", """{"pool":1,"name":"another"}""", HttpStatusCode.NotFound)]
    [InlineData("pause", """{"pool":77,"name":"orders"}""", HttpStatusCode.NotFound)]
    [InlineData("explode", """{"pool":1,"name":"orders"}""", HttpStatusCode.BadRequest)]
    [InlineData("resize", """{"pool":1,"name":"orders"}""", HttpStatusCode.BadRequest)]
    [InlineData("resize", """{"pool":1,"name":"orders","min":9,"max":3}""", HttpStatusCode.BadRequest)]
    [InlineData("resize", """{"pool":1,"name":"orders","min":1.5,"max":3}""", HttpStatusCode.BadRequest)]
    [InlineData("warm-up", """{"pool":1,"name":"orders","connections":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("evict", """{"pool":1,"name":"orders","connection":0}""", HttpStatusCode.BadRequest)]
    [InlineData("evict", """{"pool":1,"name":"orders","hard":"yes"}""", HttpStatusCode.BadRequest)]
    [InlineData("pause", """{"pool":1""", HttpStatusCode.BadRequest)]
    [InlineData("pause", "[1]", HttpStatusCode.BadRequest)]
    [InlineData("pause", "", HttpStatusCode.BadRequest)]
    public async Task What_makes_no_sense_is_answered_with_one_line(string operation, string body, HttpStatusCode expected)
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        host.AddPool("orders");
        using var user = await OperatorAsync(host);
        using var answer = await PostAsync(user, operation, body);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
        var line = JsonElement.Parse(text).GetProperty("error").GetString()!;
        Assert.True(line.Length > 10 && !line.Contains('\n'), line);
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_no_json_is_refused()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        host.AddPool("orders");
        using var user = await OperatorAsync(host);

        using var tooLong = await PostAsync(user, "pause", $$"""{"pool":1,"name":"orders","x":"{{new string('x', 100_000)}}"}""");
        using var form = await user.PostAsync("operations/pause", new StringContent(Body(), Encoding.UTF8, "text/plain"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (tooLong.StatusCode, form.StatusCode));
    }

    [Fact]
    public async Task What_takes_long_is_answered_as_begun_and_its_end_is_logged()
    {
        await using var host = await DashboardHost.StartAsync(users: true);
        var connector = ScriptedConnection.Connector();
        var pool = host.AddPool("orders", connector: connector);
        using var user = await OperatorAsync(host);
        var lease = await pool.AcquireAsync();

        using var answer = await PostAsync(user, "drain", Body());
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(body.GetProperty("goesOn").GetBoolean());
        Assert.Equal("draining", body.GetProperty("pool").GetProperty("mode").GetString());
        Assert.Contains(host.Log.Lines, line => line.Contains("has begun drain", StringComparison.Ordinal));

        lease.Dispose();
        await pool.DrainAsync();
    }

    [Fact]
    public async Task An_application_whose_antiforgery_has_no_header_is_told_so()
    {
        await using var host = await DashboardHost.StartAsync(
            users: true, services: services => services.Configure<AntiforgeryOptions>(options => options.HeaderName = null));
        using var user = host.ClientOf(TestUsers.Operator);

        using var answer = await user.GetAsync("token");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("HeaderName", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>An operator with a token.</summary>
    static async Task<HttpClient> OperatorAsync(DashboardHost host)
    {
        var client = host.ClientOf(TestUsers.Operator);
        var token = JsonElement.Parse(await client.GetStringAsync("token"));
        client.DefaultRequestHeaders.Add(token.GetProperty("header").GetString()!, token.GetProperty("token").GetString());
        return client;
    }

    static async Task<JsonElement> DoneAsync(HttpClient client, string operation, string more = "")
    {
        using var answer = await PostAsync(client, operation, Body(more));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{operation}: {text}");
        var body = JsonElement.Parse(text);
        Assert.False(body.GetProperty("goesOn").GetBoolean());
        return body.GetProperty("pool");
    }

    static string Body(string more = "") => $$"""{"pool": 1, "name": "orders"{{more}}}""";

    static Task<HttpResponseMessage> PostAsync(HttpClient client, string operation, string body) =>
        client.PostAsync($"operations/{operation}", new StringContent(body, Encoding.UTF8, "application/json"));
}
