using System.Globalization;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation;

/// <summary>A group's options by chance, as <see cref="OptionsDraw"/> draws those of its members.</summary>
sealed class GroupOptionsDraw(World world)
{
    /// <summary>The bits before this one are the members'.</summary>
    const int FirstOption = 40;

    int _option = FirstOption;

    Choices Choices => world.Choices;

    public ReplicaGroupOptions<SimulatedConnection> Next(PoolOptions pool)
    {
        var options = new ReplicaGroupOptions<SimulatedConnection>
        {
            Pool = pool,
            Strategy = Draw(RoutingStrategy.RoundRobin, (RoutingStrategy)Choices.Next(5)),
            HedgeDelay = Draw(Ms(4), Choices.OneIn(4) ? Timeout.InfiniteTimeSpan : Choices.Ms(1, 8)),
            EjectAfterFaults = Draw(2, Choices.Next(4)),
            BaseEjectionTime = Draw(Ms(5), Choices.Ms(1, 12)),
            MaxEjectedShare = Draw(0.5, Choices.Next(4) / 3.0),
            PanicThreshold = Draw(0.5, Choices.Next(3) / 2.0),
            RoleInterval = Draw(Ms(8), Choices.OneIn(4) ? Timeout.InfiniteTimeSpan : Choices.Ms(2, 12)),
            ResolveNames = Draw(false, Choices.OneIn(2)),
            ResolveInterval = Draw(Ms(8), Choices.Ms(2, 12)),
        };
        options.MaxEjectionTime = options.BaseEjectionTime + Draw(Ms(10), Choices.Ms(0, 20));
        KnowsRoles = Draw(false, Choices.OneIn(2));
        options.Role = Draw(TargetRole.Any, KnowsRoles && Choices.OneIn(3) ? (TargetRole)Choices.Next(5) : TargetRole.Any);
        return options;
    }

    /// <summary>Whether members are asked for their roles.</summary>
    public bool KnowsRoles { get; private set; }

    public static string Describe(ReplicaGroupOptions<SimulatedConnection> options) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {options.Strategy}, hedge {Text(options.HedgeDelay)}, eject after {options.EjectAfterFaults} for {Text(options.BaseEjectionTime)} to {Text(options.MaxEjectionTime)}, share {options.MaxEjectedShare:0.00}, panic {options.PanicThreshold:0.0}, role {options.Role}, roles {(options.RoleProbe is null ? "unknown" : Text(options.RoleInterval))}, names {(options.ResolveNames ? Text(options.ResolveInterval) : "as they are")}
        """);

    static string Text(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? "off" : $"{time.TotalMilliseconds} ms";

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    TValue Draw<TValue>(TValue plain, TValue drawn) => (world.Schedule.Plain & (1UL << _option++)) != 0 ? plain : drawn;
}
