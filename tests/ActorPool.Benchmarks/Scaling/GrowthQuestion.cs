using System.Globalization;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>What fleets of every size weigh, and how long they take to open and to drain.</summary>
static class GrowthQuestion
{
    const int ConnectionsMax = 100_000;
    const int EndpointsMax = 10_000;
    const double BytesMax = 600;

    /// <summary>How many connections an endpoint has; 0 for all of them.</summary>
    static readonly int[] Sizes = [0, 1, 10, 100];

    public static Section Answer(BenchmarkOptions options)
    {
        var connectionsMax = options.IsQuick ? ConnectionsMax / 100 : ConnectionsMax;
        var section = new Section(
            "scale-size",
            "scale: idle connections, keepalive on, the connections themselves left out; scripted connector",
            "endpoints × connections",
            new Column("connections", "0"),
            new Column("bytes/connection", "0"),
            new Column("open ms", "0.0"),
            new Column("µs/open", "0.0"),
            new Column("drain ms", "0.0"),
            new Column("µs/close", "0.0"),
            new Column("System.Threading.Timers", "0"));

        // The first makes what is made once: the thread pool, the clock, the statics; and the JIT has its work.
        Fleet.Open(endpoints: 20, size: connectionsMax / 20).Drain();
        var grown = new Dictionary<(int Endpoints, int Size), Growth>();
        var lines = Sizes.Select(size => (Name: NameOf(size), Growths: Line(size, connectionsMax).Select(Measured).ToList())).ToArray();
        foreach (var ((endpoints, size), growth) in grown)
        {
            section.Add(
                string.Create(CultureInfo.InvariantCulture, $"{endpoints:N0} × {size:N0}"),
                growth.Connections,
                growth.BytesEach,
                growth.OpenMs,
                1e3 * growth.OpenMs / growth.Connections,
                growth.DrainMs,
                1e3 * growth.DrainMs / growth.Connections,
                growth.Timers);
        }

        section.Say(PoolItself(grown, connectionsMax / 100));
        section.Expect(Target.AtMost(
            string.Create(CultureInfo.InvariantCulture, $"(scale) bytes per idle connection, {connectionsMax:N0} at one endpoint"),
            grown[(1, connectionsMax)].BytesEach,
            BytesMax));
        section.Draw(new LineChart(
            "bytes",
            "Bytes per idle connection",
            new Axis("connections", IsLogarithmic: true),
            new Axis("bytes per connection", IsLogarithmic: true),
            [.. lines.Select(static line => SeriesOf(line.Name, line.Growths, static growth => growth.BytesEach))]));
        section.Draw(new LineChart(
            "open-drain",
            "Time to open and to drain",
            new Axis("connections", IsLogarithmic: true),
            new Axis("ms", IsLogarithmic: true),
            [
                SeriesOf("open, one endpoint", lines[0].Growths, static growth => growth.OpenMs),
                SeriesOf("drain, one endpoint", lines[0].Growths, static growth => growth.DrainMs),
                SeriesOf("open, endpoints of 10", lines[2].Growths, static growth => growth.OpenMs),
                SeriesOf("drain, endpoints of 10", lines[2].Growths, static growth => growth.DrainMs),
            ]));
        return section;

        Growth Measured((int Endpoints, int Size) shape)
        {
            if (!grown.TryGetValue(shape, out var growth))
            {
                grown[shape] = growth = Growth.Measure(shape.Endpoints, shape.Size);
            }

            return growth;
        }
    }

    static string NameOf(int size) => size == 0 ? "one endpoint" : string.Create(CultureInfo.InvariantCulture, $"endpoints of {size}");

    static IEnumerable<(int Endpoints, int Size)> Line(int size, int connectionsMax)
    {
        for (var count = Math.Max(1, size); count <= connectionsMax && (size == 0 || count / size <= EndpointsMax); count *= 10)
        {
            yield return size == 0 ? (1, count) : (count / size, size);
        }
    }

    static Series SeriesOf(string name, List<Growth> line, Func<Growth, double> figure) =>
        new(name, [.. line.Select(growth => ((double)growth.Connections, figure(growth)))]);

    /// <summary>Endpoints of 1 and of 10 differ by nine connections: what is left is the pool.</summary>
    static string PoolItself(Dictionary<(int Endpoints, int Size), Growth> grown, int endpoints)
    {
        var (one, ten) = (grown[(endpoints, 1)].BytesEach, 10 * grown[(endpoints, 10)].BytesEach);
        var connection = (ten - one) / 9;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A pool weighs {one - connection:0} bytes without its connections, by the difference between {endpoints:N0} endpoints of 1 and of 10. "
            + $"All timers of a runtime are one heap behind one System.Threading.Timer.");
    }
}
