using System.Diagnostics;
using System.Globalization;
using ActorPool.Benchmarks.Loopback;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>Whether real sockets behave as the scripted ones do: many to an echo in this process, beside bare ones.</summary>
static class SocketQuestion
{
    const int Sockets = 5_000;
    const int FilesBeside = 500;

    // 5,000 at 3 s are as many probes a second as 100,000 at a minute.
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    public static async Task<Section> AnswerAsync(BenchmarkOptions options)
    {
        var (wanted, interval) = options.IsQuick ? (Sockets / 10, Interval / 3) : (Sockets, Interval);
        var limit = FileLimit.Read();

        // Both ends are in this process.
        var count = (int)Math.Min(wanted, (limit - FilesBeside) / 2);
        var section = new Section(
            "scale-sockets",
            string.Create(CultureInfo.InvariantCulture, $"scale: {count:N0} loopback sockets and their other ends, all in this process, each probed every {interval.TotalSeconds:0.##} s"),
            "who holds them",
            new Column("open ms", "0"),
            new Column("µs/open", "0.0"),
            new Column("managed B/connection", "0"),
            new Column("probes/s", "0"),
            new Column("CPU µs/probe", "0.0"),
            new Column("CPU % of a core", "0.0"),
            new Column("B/probe", "0"),
            new Column("drain ms", "0"));
        if (count < wanted)
        {
            section.Say($"{wanted} were wanted: this process may have {limit} files open (ulimit -n).");
        }

        foreach (var make in new Func<LoopbackEcho, ISocketHolder>[]
        {
            echo => new BareSockets(echo.Address, count, interval),
            echo => new PooledSockets(echo.Address, count, interval),
        })
        {
            await using var echo = new LoopbackEcho(bufferLength: 16);
            await MeasureAsync(section, make(echo), count, interval);
        }

        var (bare, pooled) = (section.Rows[0].Figures, section.Rows[1].Figures);
        section.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"The pool's share of a connection: {pooled[2] - bare[2]:0} bytes, of which the stream that watches its socket is TcpConnector's; of a probe: {pooled[4] - bare[4]:0.0} µs of CPU."));
        return section;
    }

    static async Task MeasureAsync(Section section, ISocketHolder holder, int count, TimeSpan interval)
    {
        var bytes = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        await holder.OpenAsync();
        var opened = Stopwatch.GetElapsedTime(started);
        bytes = GC.GetTotalMemory(forceFullCollection: true) - bytes;

        // The first round of probes comes early, to be spread.
        await Task.Delay(interval * 1.1);
        var probes = holder.Probes;
        var meter = new ProcessMeter();
        await Task.Delay(interval);
        probes = holder.Probes - probes;
        var (took, cpu, garbage) = (meter.Took, meter.Cpu, meter.Bytes);

        started = Stopwatch.GetTimestamp();
        await holder.CloseAsync();
        section.Add(
            holder.Name,
            opened.TotalMilliseconds,
            opened.TotalMicroseconds / count,
            bytes / (double)count,
            probes / took.TotalSeconds,
            cpu.TotalMicroseconds / probes,
            100 * (cpu / took),
            garbage / (double)probes,
            Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
