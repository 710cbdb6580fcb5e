using System.CommandLine;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>How what pools cost grows with how many there are: endpoints, connections, sockets.</summary>
sealed class ScaleBenchmark : Benchmark
{
    static readonly IReadOnlyList<(string Word, Func<BenchmarkOptions, Section> Answer)> Questions =
    [
        ("size", GrowthQuestion.Answer),
        ("lease", LeasingQuestion.Answer),
        ("pictures", PictureQuestion.Answer),
        ("keepalive", KeepaliveQuestion.Answer),
        ("sockets", static options => SocketQuestion.AnswerAsync(options).GetAwaiter().GetResult()),
    ];

    readonly Option<string?> _only = new("--only")
    {
        Description = $"One question of scale: {string.Join(", ", Questions.Select(static question => question.Word))}. Default all.",
    };

    public ScaleBenchmark()
        : base("scale", "From 1 to 10,000 endpoints and 100,000 idle connections: bytes, leases, pictures, keepalive, sockets.") =>
        _only.AcceptOnlyFromAmong([.. Questions.Select(static question => question.Word)]);

    public override IReadOnlyList<Option> Options => [_only];

    public override void Run(BenchmarkRun run)
    {
        foreach (var (word, answer) in Questions)
        {
            if (run.Get(_only) is not { } only || only == word)
            {
                run.Report.Add(answer(run.Options));
            }
        }
    }
}
