using ActorPool.Benchmarks.Reporting;
using ActorPool.TestKit;

namespace ActorPool.Benchmarks.Allocating;

/// <summary>What single operations allocate, exactly: on virtual time and one thread.</summary>
sealed class AllocationBenchmark() : Benchmark("allocations", "What single operations allocate, to the byte.")
{
    public const string Key = "allocations";
    public const string BytesHead = "bytes each";

    public override void Run(BenchmarkRun run)
    {
        var section = new Section(
            Key, "allocations: one thread, virtual time, the same figure every time", "operation", new Column(BytesHead, "0"));
        foreach (var what in AllocationCases.All)
        {
            var bytes = ExactBytes.PerOperation(what.Prepare(new VirtualRuntime()), what.Operations);
            section.Add(what.Name, bytes);
            if (what.BytesMax is { } most)
            {
                section.Expect(most == 0
                    ? Target.NoBytes($"{what.Name}: bytes", bytes)
                    : Target.AtMost($"{what.Name}: bytes", bytes, most));
            }
        }

        run.Report.Add(section);
    }
}
