using ActorPool.TestKit;

namespace ActorPool.Faults;

/// <summary>One row of the matrix: what goes wrong, and whether the connections that stand are ended when it begins.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Fault">What the proxy does while it lasts.</param>
/// <param name="Kills">
/// Whether the connections are ended as it begins: without, a fault of new connections would befall nobody.
/// </param>
/// <param name="Orderly">Whether they are ended in order.</param>
sealed record FaultPlan(string Name, Fault Fault, bool Kills = false, bool Orderly = false)
{
    public static IReadOnlyList<FaultPlan> All { get; } =
    [
        new("none", Fault.None),
        new("delay 30 ms", Fault.Delay(TimeSpan.FromMilliseconds(30))),
        new("jitter 30 ms", Fault.Jitter(TimeSpan.FromMilliseconds(30))),
        new("throttle 5 kB/s", Fault.Throttle(5_000)),
        new("cut after 100 B", Fault.CutAfter(100)),
        new("reset", Fault.Reset),
        new("finish", Fault.Finish),
        new("half-open", Fault.HalfOpen),
        new("hang", Fault.Hang),
        new("garbage", Fault.Garbage),
        new("all killed", Fault.None, Kills: true),
        new("all closed", Fault.None, Kills: true, Orderly: true),
        new("refuse", Fault.Refuse, Kills: true),
        new("slow accept 200 ms", Fault.SlowAccept(TimeSpan.FromMilliseconds(200)), Kills: true),
    ];
}
