using System.Diagnostics;
using System.Globalization;
using ActorPool.Benchmarks.Recovery.Serving;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>
/// A server at a port of its own that can be killed, and comes back at a certain moment: a process of this same program. Its
/// successor is started before it dies and waits, so that an outage is as long as it is meant to be.
/// </summary>
sealed class KillableServer : IAsyncDisposable
{
    readonly ServerPlan _plan;
    ServerChild _child;
    ServerChild? _successor;

    KillableServer(int port, ServerPlan plan, ServerChild child)
    {
        Port = port;
        _plan = plan;
        _child = child;
    }

    public int Port { get; }

    /// <summary>Starts one at a free port, below those that systems give to outgoing connections.</summary>
    public static async Task<KillableServer> StartAsync(ServerPlan plan)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            var child = await ServerChild.StartAsync(port, plan);
            if (await child.TryListenAsync() is not null)
            {
                return new KillableServer(port, plan, child);
            }

            await child.DisposeAsync();
        }

        throw new InvalidOperationException("There is no free port.");
    }

    /// <summary>Starts the process that will take its place.</summary>
    /// <param name="demise">How the next one ends its connections.</param>
    public async Task PrepareAsync(Demise demise = Demise.None) =>
        _successor ??= await ServerChild.StartAsync(Port, _plan with { Demise = demise });

    /// <summary>Kills it, and has its successor listen in its place after a while.</summary>
    public async Task<Outage> FailAsync(TimeSpan length, Action<long, long>? onGone = null)
    {
        await PrepareAsync();
        var killedAt = Stopwatch.GetTimestamp();
        await _child.DisposeAsync();
        var goneAt = Stopwatch.GetTimestamp();
        onGone?.Invoke(killedAt, goneAt);
        _child = _successor!;
        _successor = null;
        while (length - Stopwatch.GetElapsedTime(goneAt) is var rest && rest > TimeSpan.Zero)
        {
            // a timer may be a millisecond early
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)));
        }

        return await _child.TryListenAsync() is { } backAt
            ? new Outage(killedAt, goneAt, backAt)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Port {Port} was taken while its server was away."));
    }

    /// <summary>When all connections had had their first answer from the present process.</summary>
    public Task<long> FullAsync(TimeSpan patience) => _child.Full.WaitAsync(patience);

    public Task<ServerJournal> ReportAsync() => _child.ReportAsync();

    public async ValueTask DisposeAsync()
    {
        await _child.DisposeAsync();
        if (_successor is { } successor)
        {
            await successor.DisposeAsync();
        }
    }
}
