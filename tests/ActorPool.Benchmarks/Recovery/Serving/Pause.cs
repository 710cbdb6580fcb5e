namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>Time that passes.</summary>
static class Pause
{
    public static Task AsLongAs(int milliseconds) => milliseconds == 0 ? Task.CompletedTask : Task.Delay(milliseconds);
}
