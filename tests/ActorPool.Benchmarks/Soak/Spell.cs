using ActorPool.TestKit;

namespace ActorPool.Benchmarks.Soak;

/// <summary>One piece of bad weather: a fault while it lasts, or the end of all connections that stand when it begins.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Fault">What the proxy does; null for an end.</param>
/// <param name="Orderly">Whether the end is one in order.</param>
sealed record Spell(string Name, Fault? Fault, bool Orderly = false)
{
    /// <summary>What there is: everything that a proxy can do.</summary>
    static readonly IReadOnlyList<Func<Random, Spell>> Kinds =
    [
        static dice => new("delay", Fault.Delay(Upto(dice, 100))),
        static dice => new("jitter", Fault.Jitter(Upto(dice, 100))),
        static dice => new("throttle", Fault.Throttle(dice.Next(1_000, 50_000))),
        static dice => new("cut", Fault.CutAfter(dice.Next(2_000))),
        static _ => new("reset", Fault.Reset),
        static _ => new("finish", Fault.Finish),
        static _ => new("half-open", Fault.HalfOpen),
        static _ => new("hang", Fault.Hang),
        static _ => new("garbage", Fault.Garbage),
        static _ => new("refuse", Fault.Refuse),
        static dice => new("slow accept", Fault.SlowAccept(Upto(dice, 300))),
        static _ => new("all killed", null),
        static _ => new("all closed", null, Orderly: true),
    ];

    public static Spell Any(Random dice) => Kinds[dice.Next(Kinds.Count)](dice);

    /// <summary>Lets it begin.</summary>
    public void Begin(FaultProxy proxy)
    {
        if (Fault is not null)
        {
            proxy.Fault = Fault;
        }
        else
        {
            proxy.KillAll(Orderly);
        }
    }

    static TimeSpan Upto(Random dice, int most) => TimeSpan.FromMilliseconds(dice.Next(1, most));
}
