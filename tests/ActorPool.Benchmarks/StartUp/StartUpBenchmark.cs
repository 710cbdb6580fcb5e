using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.StartUp;

/// <summary>Publishes QuickStart trimmed and otherwise: that it runs, how large it is, how soon it has its first lease.</summary>
sealed class StartUpBenchmark() : Benchmark("startup", "QuickStart published, trimmed and otherwise: its size, and the time to its first lease.")
{
    const int Starts = 10;
    const int StartsQuick = 3;

    public override void Run(BenchmarkRun run) => RunAsync(run).GetAwaiter().GetResult();

    static async Task RunAsync(BenchmarkRun run)
    {
        if (FindRepository() is not { } repository)
        {
            run.Report.Say("Left out: the sources are not there.");
            return;
        }

        using var publisher = new Publisher(repository);
        var publications = Publish(publisher, run);
        if (publications.Count == 0)
        {
            return;
        }

        foreach (var publication in publications.Where(static publication => !IsHello(publication)))
        {
            await Start.RunToTheEndAsync(publication);
        }

        var starts = run.Options.IsQuick ? StartsQuick : Starts;
        var times = publications.Select(static _ => new List<double>()).ToArray();
        for (var round = -1; round < starts; round++)
        {
            for (var turn = 0; turn < publications.Count; turn++)
            {
                var next = (turn + round + 1) % publications.Count;
                var took = IsHello(publications[next]) ? await Start.UntilFirstWordAsync(publications[next]) : await Start.UntilFirstRequestAsync(publications[next]);
                if (round >= 0)
                {
                    // the first start of each brings its files into the system's cache
                    times[next].Add(took.TotalMilliseconds);
                }
            }
        }

        run.Report.Add(Describe(publications, times));
    }

    /// <summary>All of them, but for what lacks a package that this machine cannot get.</summary>
    static List<Publication> Publish(Publisher publisher, BenchmarkRun run)
    {
        Func<Publication> trimmed = () => publisher.PublishTrimmed("trimmed");
        IReadOnlyList<Func<Publication>> ways = run.Options.IsQuick
            ? [trimmed]
            :
            [
                publisher.PublishHello,
                publisher.PublishPlain,
                trimmed,
                () => publisher.PublishTrimmed("trimmed, compiled ahead (ReadyToRun)", "-p:PublishReadyToRun=true"),
                () => publisher.PublishTrimmed("trimmed, one file", "-p:PublishSingleFile=true"),
            ];
        var publications = new List<Publication>();
        foreach (var publish in ways)
        {
            try
            {
                publications.Add(publish());
            }
            catch (PublishFailedException error) when (error.MissingPackage is { } missing)
            {
                run.Report.Say($"Left out: {missing}");
            }
        }

        return publications;
    }

    static Section Describe(List<Publication> publications, List<double>[] times)
    {
        var section = new Section(
            "startup",
            "startup: QuickStart, from the start of its process until its first request arrives at the server",
            "published as",
            new Column("MB", "0.0"),
            new Column("files", "0"),
            new Column("start ms", "0"),
            new Column("least", "0"),
            new Column("most", "0"),
            new Column("× hello world"));
        var hello = publications.FindIndex(IsHello);
        foreach (var (publication, own) in publications.Zip(times))
        {
            section.Add(
                publication.Name,
                publication.Size,
                publication.Files,
                Statistics.Median(own),
                own.Min(),
                own.Max(),
                hello < 0 ? double.NaN : Statistics.Median(own.Zip(times[hello], static (mine, least) => mine / least)));
        }

        section.Say(
            $"Medians of {times[0].Count} starts each, in rotating order. Hello world until its line is read. "
            + "Without symbols and documentation; what is trimmed brings its own .NET, the others need one of about 80 MB that is installed.");
        section.Keep(publications.Zip(times, static (publication, own) => new { publication.Name, Milliseconds = own }));
        if (hello >= 0)
        {
            section.Draw(new BarChart(
                "start",
                "From the start of the process to the first request on a lease",
                "ms",
                [new BarGroup("median", [.. publications.Zip(times, static (publication, own) => new Bar(publication.Name, Statistics.Median(own)))])]));
        }

        return section;
    }

    static bool IsHello(Publication publication) => publication.Name.StartsWith("hello", StringComparison.Ordinal);

    static DirectoryInfo? FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ActorPool.sln")))
        {
            folder = folder.Parent;
        }

        return folder;
    }
}
