using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ActorPool.Dashboard.Access;
using ActorPool.Dashboard.Details;
using ActorPool.Dashboard.Live;
using ActorPool.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool.Dashboard.Tests.Live;

/// <summary>A reader that does not keep up, on a clock that stands still until it is moved.</summary>
public sealed class SlowReaderTests : IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly VirtualTime _time = new();
    readonly PoolRuntime _runtime;
    readonly PoolSampler _sampler;
    readonly LiveEndpoint _endpoint;
    readonly CancellationTokenSource _stopping = new();
    readonly ConnectionPool<ScriptedConnection> _pool;

    public SlowReaderTests()
    {
        _runtime = new PoolRuntime { TimeProvider = _time };
        _pool = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { Name = "orders" }, _runtime);
        var settings = new DashboardSettings
        {
            Title = "test",
            ReadPolicy = null,
            OperatePolicy = null,
            RefreshInterval = Interval,
            MaxSubscribers = 10,
            Runtimes = [_runtime],
            Logger = NullLogger.Instance,
        };
        var source = new PoolSource(settings.Runtimes);
        _sampler = new PoolSampler(settings, source, new PoolJournals(source, _time));
        _endpoint = new LiveEndpoint(settings, _sampler, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        await _pool.DrainAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task It_skips_pictures_and_gets_the_newest_when_it_is_ready_for_one()
    {
        var slow = new Pipe(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 32));
        var streaming = _endpoint.StreamAsync(ContextOf(slow.Writer), Looking);
        using var watcher = _sampler.TrySubscribe()!;
        var newest = await watcher.NextAsync(null, CancellationToken.None);

        // The first picture is more than the pipe takes: the writer waits for its reader, while pictures go on.
        for (var i = 0; i < 20; i++)
        {
            newest = await NextAsync(watcher, newest);
        }

        var waiting = await slow.Reader.ReadAsync();
        Assert.True(waiting.Buffer.Length < 4096, $"{waiting.Buffer.Length} bytes wait for the reader");
        slow.Reader.AdvanceTo(waiting.Buffer.End);
        var caughtUp = await PictureAsync(slow.Reader);

        Assert.Equal(newest.Version, caughtUp.GetProperty("version").GetInt64());
        Assert.True(caughtUp.GetProperty("skipped").GetInt64() >= 18);
        await _stopping.CancelAsync();
        await streaming;
    }

    [Fact]
    public async Task One_that_takes_nothing_for_half_a_minute_is_let_go()
    {
        var stuck = new Pipe(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 32));
        var streaming = _endpoint.StreamAsync(ContextOf(stuck.Writer), Looking);
        using var watcher = _sampler.TrySubscribe()!;
        var newest = await watcher.NextAsync(null, CancellationToken.None);
        for (var i = 0; i < 31; i++)
        {
            newest = await NextAsync(watcher, newest);
        }

        await streaming;
        Assert.Equal(1, _sampler.Subscribers);
    }

    [Fact]
    public async Task Nobody_looks_at_pools_when_nobody_looks_at_the_page()
    {
        Assert.Null(_time.NextTimerIn);
        var first = _sampler.TrySubscribe()!;
        var second = _sampler.TrySubscribe()!;
        await first.NextAsync(null, CancellationToken.None);
        Assert.Equal((2, Interval), (_sampler.Subscribers, _time.NextTimerIn));

        first.Dispose();
        first.Dispose();
        Assert.Equal((1, Interval), (_sampler.Subscribers, _time.NextTimerIn));
        second.Dispose();

        // What is left is the timer after which the journals are forgotten.
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal((0, null), (_sampler.Subscribers, _time.NextTimerIn));
    }

    [Fact]
    public async Task All_pages_are_shown_one_and_the_same_picture()
    {
        using var first = _sampler.TrySubscribe()!;
        using var second = _sampler.TrySubscribe()!;

        Assert.Same(await first.NextAsync(null, CancellationToken.None), await second.NextAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_stream_ends_after_some_minutes_so_that_rights_are_asked_for_again()
    {
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var streaming = _endpoint.StreamAsync(ContextOf(output.Writer), Looking);
        using var watcher = _sampler.TrySubscribe()!;
        var newest = await watcher.NextAsync(null, CancellationToken.None);
        while (!streaming.IsCompleted)
        {
            newest = await NextAsync(watcher, newest);
        }

        await streaming;
        Assert.True(_time.Elapsed >= TimeSpan.FromMinutes(5), $"It ended after {_time.Elapsed}.");
        await output.Writer.CompleteAsync();
        using var text = new StreamReader(output.Reader.AsStream());
        Assert.EndsWith("event: again\ndata: {}\n\n", await text.ReadToEndAsync(), StringComparison.Ordinal);
    }

    static Rights Looking => new(null, "off");

    async Task<Picture> NextAsync(PoolSampler.Subscription watcher, Picture newest)
    {
        var next = watcher.NextAsync(newest, CancellationToken.None);
        _time.Advance(Interval);
        return await next;
    }

    /// <summary>The first whole picture from here on.</summary>
    static async Task<JsonElement> PictureAsync(PipeReader reader)
    {
        var text = new StringBuilder();
        while (true)
        {
            var read = await reader.ReadAsync();
            text.Append(Encoding.UTF8.GetString(read.Buffer));
            reader.AdvanceTo(read.Buffer.End);
            var all = text.ToString();
            var begin = all.IndexOf("event: picture\ndata: ", StringComparison.Ordinal);
            var end = begin < 0 ? -1 : all.IndexOf("\n\n", begin, StringComparison.Ordinal);
            if (end > 0)
            {
                return JsonElement.Parse(all[(begin + 21)..end]);
            }
        }
    }

    static DefaultHttpContext ContextOf(PipeWriter output)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new PipeBody(output));
        return context;
    }

    sealed class PipeBody(PipeWriter output) : IHttpResponseBodyFeature
    {
        public Stream Stream { get; } = output.AsStream();

        public PipeWriter Writer => output;

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => output.CompleteAsync().AsTask();
    }
}
