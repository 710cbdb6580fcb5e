using System.Diagnostics;
using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>What it costs to look at a large pool, and at many, and how long that makes callers wait.</summary>
static class PictureQuestion
{
    const int PoolsMany = 1_000;
    const int SizeOfMany = 20;
    const double OverviewMsMax = 10;

    static readonly int[] Sizes = [20, 1_000, 20_000, 100_000];

    public static Section Answer(BenchmarkOptions options)
    {
        var section = new Section(
            "scale-pictures",
            "scale: pictures of pools whose connections are idle, while one caller leases all the time",
            "pools × connections",
            new Column("Snapshot() ms", "0.000"),
            new Column("its kB", "0.0"),
            new Column("caller's longest wait µs", "0"),
            new Column("Overview() ms", "0.0000"),
            new Column("kB of that", "0.0"),
            new Column("longest wait beside it µs", "0"));
        foreach (var size in Sizes.Take(options.IsQuick ? 2 : Sizes.Length))
        {
            Ask(section, options, pools: 1, size);
        }

        Ask(section, options, options.IsQuick ? PoolsMany / 10 : PoolsMany, SizeOfMany);
        return section;
    }

    static void Ask(Section section, BenchmarkOptions options, int pools, int size)
    {
        var fleet = Fleet.Open(pools, size);
        var (snapshots, overviews) = (new List<Look>(), new List<Look>());
        using (var caller = new BusyCaller(fleet.Pools[0]))
        {
            for (var number = 0; number < options.WarmUpsMax + (3 * options.Rounds); number++)
            {
                var snapshot = LookAt(fleet, caller, static pool => pool.Snapshot());
                var overview = LookAt(fleet, caller, static pool => pool.Overview());
                if (number >= options.WarmUpsMax)
                {
                    snapshots.Add(snapshot);
                    overviews.Add(overview);
                }
            }
        }

        fleet.Drain();
        section.Add(string.Create(CultureInfo.InvariantCulture, $"{pools:N0} × {size:N0}"), [.. Figures(snapshots), .. Figures(overviews)]);
        if (pools > 1)
        {
            section.Expect(Target.AtMost(
                string.Create(CultureInfo.InvariantCulture, $"(scale) an overview of {pools:N0} pools of {size}, in ms"),
                Figures(overviews)[0],
                OverviewMsMax));
        }
    }

    static double[] Figures(List<Look> looks) =>
    [
        Statistics.Median(looks.Select(static look => look.Ms)),
        Statistics.Median(looks.Select(static look => look.Bytes)) / 1e3,
        Statistics.Median(looks.Select(static look => look.WaitUs)),
    ];

    static Look LookAt(Fleet fleet, BusyCaller caller, Func<IConnectionPool, PoolOverview> look)
    {
        caller.LongestUs();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        foreach (var pool in fleet.Runtime.Pools)
        {
            GC.KeepAlive(look(pool));
        }

        var took = Stopwatch.GetElapsedTime(started);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new Look(took.TotalMilliseconds, bytes, caller.LongestUs());
    }

    readonly record struct Look(double Ms, double Bytes, double WaitUs);
}
