using System.Globalization;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>
/// What a lease costs when there are many endpoints: at one that is in steady use, at one picked at random, and at one that a
/// directory finds by name. Beside them memory's own price.
/// </summary>
static class LeasingQuestion
{
    const int EndpointsMax = 10_000;
    const int Seed = 20_261_121;

    // A power of two, so that they are taken from the start again without a division; few enough to stay in the cache themselves.
    const int Picks = 1 << 15;
    const double HotMax = 1.1;
    const double RandomMax = 4;

    public static Section Answer(BenchmarkOptions options)
    {
        var slices = options.IsQuick ? options : options with { Slice = options.Slice / 3 };
        var most = options.IsQuick ? EndpointsMax / 10 : EndpointsMax;
        var section = new Section(
            "scale-lease",
            string.Create(CultureInfo.InvariantCulture, $"scale: one caller, acquire + release, among 1 to {most:N0} endpoints of one connection (seed {Seed})"),
            "endpoints",
            new Column("one hot ns", "0.0"),
            new Column("hot × lone", "0.00"),
            new Column("at random ns", "0.0"),
            new Column("random × lone", "0.00"),
            new Column("by name, at random ns", "0.0"),
            new Column("by name × lone by name", "0.00"),
            new Column("memory MB", "0.00"),
            new Column("walk ns/step", "0.0"),
            new Column("steps that a random lease costs more", "0.0"));
        var lone = Fleet.Open(endpoints: 1, size: 1);
        var loneByName = Named(1);
        var lines = new[] { "one hot", "picked at random", "by name, at random", "a step of a walk over as much memory" }
            .Select(static name => (Name: name, Points: new List<(double X, double Y)>())).ToArray();
        var samples = new List<object>();
        Turns? last = null;
        for (var endpoints = 1; endpoints <= most; endpoints *= 10)
        {
            var random = new Random(Seed);
            var fleet = Fleet.Open(endpoints, size: 1);
            var directory = Named(endpoints);
            var picks = Enumerable.Range(0, Picks).Select(_ => random.Next(endpoints)).ToArray();
            var walk = new MemoryWalk(fleet.Bytes, random);
            var names = Enumerable.Range(0, endpoints).Select(Fleet.NameOf).ToArray();
            last = new Turns(
                slices,
                new LeaseLoop(lone.Pools, new int[Picks]).Run,
                new LeaseLoop(fleet.Pools, [.. Enumerable.Repeat(endpoints / 2, Picks)]).Run,
                new LeaseLoop(fleet.Pools, picks).Run,
                new NameLoop(loneByName, names[..1], new int[Picks]).Run,
                new NameLoop(directory, names, picks).Run,
                walk.Run);
            section.Add(
                endpoints.ToString("N0", CultureInfo.InvariantCulture),
                last.Ns(1),
                last.Ratio(1, 0),
                last.Ns(2),
                last.Ratio(2, 0),
                last.Ns(4),
                last.Ratio(4, 3),
                fleet.Bytes / 1e6,
                last.Ns(5),
                (last.Ns(2) - last.Ns(0)) / last.Ns(5));
            foreach (var ((_, points), ns) in lines.Zip([last.Ns(1), last.Ns(2), last.Ns(4), last.Ns(5)]))
            {
                points.Add((endpoints, ns));
            }

            samples.Add(new { endpoints, lone = last.Of(0), hot = last.Of(1), random = last.Of(2), byName = last.Of(4), walk = last.Of(5) });
            fleet.Drain();
            directory.DrainAsync().GetAwaiter().GetResult();
        }

        lone.Drain();
        loneByName.DrainAsync().GetAwaiter().GetResult();
        section.Say(string.Create(CultureInfo.InvariantCulture, $"The lone endpoint: {last!.Ns(0):0.0} ns, found by name {last.Ns(3):0.0} ns."));
        section.Expect(Target.AtMost(string.Create(CultureInfo.InvariantCulture, $"(scale) a hot endpoint among {most:N0} × a lone one"), last.Ratio(1, 0), HotMax));
        section.Expect(Target.AtMost(string.Create(CultureInfo.InvariantCulture, $"(scale) endpoints at random among {most:N0} × a lone one"), last.Ratio(2, 0), RandomMax));
        section.Keep(samples);
        section.Draw(new LineChart(
            "lease",
            "Time per lease among many endpoints",
            new Axis("endpoints", IsLogarithmic: true),
            new Axis("ns"),
            [.. lines.Select(static line => new Series(line.Name, line.Points))]));
        return section;
    }

    /// <summary>A directory with so many endpoints, each with an open connection.</summary>
    static PoolDirectory<SharedConnection> Named(int endpoints)
    {
        var connector = SharedConnection.Connector(probes: true);
        var directory = new PoolDirectory<SharedConnection>(
            _ => connector, new PoolDirectoryOptions { MaxPools = EndpointsMax, Pool = { MinSize = 1, MaxSize = 1 } }, new PoolRuntime());
        for (var endpoint = 0; endpoint < endpoints; endpoint++)
        {
            directory.GetPool(Fleet.NameOf(endpoint)).WarmUpAsync(1).GetAwaiter().GetResult();
        }

        return directory;
    }
}
