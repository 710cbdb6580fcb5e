using System.Net;
using ActorPool.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorPool.Budgets.Tests.Etcd;

/// <summary>Members that answer, but not with what was asked for.</summary>
public sealed class EtcdMemberTests
{
    const string Committed = """{"header":{"cluster_id":"1","revision":"5"},"succeeded":true}""";
    const string Watched = """{"result":{"created":true}}""";

    [Theory]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(503, """{"message":"no healthy upstream"}""")]
    [InlineData(404, "404 page not found")]
    [InlineData(200, "<html>Welcome</html>")]
    [InlineData(429, """{"error":"etcdserver: too many requests","code":8,"message":"etcdserver: too many requests"}""")]
    [InlineData(500, """{"error":"etcdserver: corrupt cluster","code":15,"message":"etcdserver: corrupt cluster"}""")]
    public async Task A_member_that_answers_with_an_error_of_its_own_is_left_for_another(int status, string body)
    {
        await using var bad = await Stub.StartAsync(status, body);
        await using var good = await Stub.StartAsync(200, Committed, Watched);

        // Where it begins is left to chance, which is the same for both: one of them begins at the bad one.
        foreach (var endpoints in new[] { new[] { bad.Endpoint, good.Endpoint }, [good.Endpoint, bad.Endpoint] })
        {
            await using (var store = Store(endpoints))
            {
                var asked = bad.Asked;
                var failed = 0;
                for (var i = 0; i < 5; i++)
                {
                    failed += await TryCommitAsync(store) ? 0 : 1;
                }

                // A write may have been carried out: it is not sent to another.
                Assert.Equal(bad.Asked - asked, failed);
                Assert.InRange(failed, 0, 1);
            }

            await using (var store = Store(endpoints))
            {
                using var told = new SemaphoreSlim(0);
                for (var i = 0; i < 2 && told.CurrentCount == 0; i++)
                {
                    await Assert.ThrowsAsync<GrantStoreException>(() => store.WatchAsync("orders", "node/a", () => told.Release(), CancellationToken.None));
                }

                Assert.Equal(1, told.CurrentCount);
            }
        }

        Assert.Equal(2, bad.Asked);
    }

    [Fact]
    public async Task A_member_that_refuses_what_any_other_would_refuse_is_kept()
    {
        await using var strict = await Stub.StartAsync(403, """{"error":"etcdserver: permission denied","code":7,"message":"etcdserver: permission denied"}""");
        await using var store = Store(strict.Endpoint);
        for (var i = 1; i <= 3; i++)
        {
            Assert.False(await TryCommitAsync(store));
            Assert.Equal(i, strict.Asked);
        }
    }

    [Fact]
    public async Task The_only_endpoint_serves_commits_though_it_lets_no_watch_through()
    {
        await using var narrow = await Stub.StartAsync(200, Committed, "<html>Not here</html>");
        await using var store = Store(narrow.Endpoint);
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<GrantStoreException>(() => store.WatchAsync("orders", "node/a", static () => { }, CancellationToken.None));
            Assert.True(await TryCommitAsync(store));
        }
    }

    static EtcdGrantStore Store(params string[] endpoints) =>
        new(new EtcdGrantStoreOptions { Endpoints = endpoints }, new PoolRuntime { Random = new SeededRandom(1) });

    static async Task<bool> TryCommitAsync(EtcdGrantStore store)
    {
        try
        {
            await store.CommitAsync(new GrantTransaction { Budget = "orders", Expected = [new("node/a", 0)], Writes = [new("node/a", "x")] }, CancellationToken.None);
            return true;
        }
        catch (GrantStoreException)
        {
            return false;
        }
    }

    /// <summary>Answers whatever is asked in the same way.</summary>
    sealed class Stub(WebApplication server) : IAsyncDisposable
    {
        int _asked;

        public string Endpoint => server.Urls.Single();

        public int Asked => Volatile.Read(in _asked);

        public static async Task<Stub> StartAsync(int status, string answer, string? answerToWatch = null)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
            var stub = new Stub(builder.Build());
            stub.Run(status, answer, answerToWatch ?? answer);
            await stub.StartAsync();
            return stub;
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();

        Task StartAsync() => server.StartAsync();

        void Run(int status, string answer, string answerToWatch) => server.Run(context =>
        {
            Interlocked.Increment(ref _asked);
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("watch", StringComparison.Ordinal) ? answerToWatch : answer);
        });
    }
}
