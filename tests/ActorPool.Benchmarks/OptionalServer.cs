using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks;

/// <summary>Servers that not every machine has.</summary>
static class OptionalServer
{
    /// <summary>Starts one; null if this machine has none, which the report says.</summary>
    public static TServer? TryStart<TServer>(Func<Task<TServer>> start, Report report)
        where TServer : class
    {
        try
        {
            return start().GetAwaiter().GetResult();
        }
        catch (Xunit.SkipException missing)
        {
            report.Say($"Left out: {missing.Message}");
            return null;
        }
    }
}
