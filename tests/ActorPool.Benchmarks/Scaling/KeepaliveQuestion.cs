using System.Globalization;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>
/// What keepalive costs a process that does nothing else. Measured at the rate in question, since what wakes a thread
/// a thousand times a second does not scale with the rate.
/// </summary>
static class KeepaliveQuestion
{
    const int Endpoints = 1_000;
    const int SizeEach = 100;
    const double CorePercentMax = 3;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    public static Section Answer(BenchmarkOptions options)
    {
        // Quick: fewer connections at as many probes a second.
        var (endpoints, interval) = options.IsQuick ? (Endpoints / 20, Interval / 20) : (Endpoints, Interval);
        var probes = new ProbeCounter();
        var section = new Section(
            "scale-keepalive",
            string.Create(
                CultureInfo.InvariantCulture,
                $"scale: keepalive of {endpoints * SizeEach:N0} idle connections at {endpoints} endpoints, every {interval.TotalSeconds:0} s; scripted connector"),
            "window",
            new Column("s", "0.0"),
            new Column("probes/s", "0"),
            new Column("CPU % of a core", "0.00"),
            new Column("CPU µs/probe", "0.00"),
            new Column("B/probe", "0"));

        Thread.Sleep(interval / 60);
        var nothing = Window.Measure(probes, interval / 30);
        var fleet = Fleet.Open(endpoints, SizeEach, probes.Connector, interval);
        var opened = TimeProvider.System.GetTimestamp();
        SleepUntil(0.1);
        var before = Window.Measure(probes, interval / 6);

        // The first probes come in the second half of the first interval, twice as many a second as later.
        SleepUntil(0.6);
        var first = Window.Measure(probes, interval / 6);
        SleepUntil(1.02);
        var steady = Window.Measure(probes, interval / 4);
        fleet.Drain();
        Add("before there were any", nothing);
        Add("open, no probe due yet", before);
        Add("the first round, twice as dense", first);
        Add("from then on", steady);
        section.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"In the last window a second had {steady.LeastPerSecond:0} to {steady.MostPerSecond:0} probes: they are spread. "
            + $"{endpoints * SizeEach:N0} keepalive timers set {fleet.Timers} timer of the system's: a heap per runtime behind one System.Threading.Timer, no wheel."));
        section.Expect(Target.AtMost(
            string.Create(CultureInfo.InvariantCulture, $"(scale) keepalive at {endpoints * SizeEach / interval.TotalSeconds:N0} probes/s, % of a core"),
            steady.CpuPercent - nothing.CpuPercent,
            CorePercentMax));
        return section;

        void SleepUntil(double intervals)
        {
            var left = (interval * intervals) - TimeProvider.System.GetElapsedTime(opened);
            Thread.Sleep(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        void Add(string name, Window window) => section.Add(
            name, window.Took.TotalSeconds, window.PerSecond, window.CpuPercent, window.CpuUsPerProbe, window.BytesPerProbe);
    }
}
