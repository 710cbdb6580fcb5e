using System.Globalization;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>What a figure has to be, and whether it is.</summary>
/// <param name="What">Which figure.</param>
/// <param name="Measured">What it is.</param>
/// <param name="Wanted">What it has to be, in words.</param>
/// <param name="Met">Whether it is.</param>
/// <param name="IsGoal">Whether missing it is no failure.</param>
sealed record Target(string What, double Measured, string Wanted, bool Met, bool IsGoal = false)
{
    // No object is smaller than 24 bytes: this is one in some hundred leases, where a real allocation shows in each.
    const double NoBytesMax = 0.2;

    public static Target AtMost(string what, double measured, double limit) =>
        new(what, measured, $"≤ {Text(limit)}", measured <= limit);

    public static Target AtLeast(string what, double measured, double limit) =>
        new(what, measured, $"≥ {Text(limit)}", measured >= limit);

    /// <summary>As <see cref="AtLeast"/>, but good to have only.</summary>
    public static Target Goal(string what, double measured, double limit) =>
        AtLeast(what, measured, limit) with { IsGoal = true };

    public static Target NoBytes(string what, double measured) => new(what, measured, "0", measured < NoBytesMax);

    public string Verdict => Met ? "PASS" : IsGoal ? "miss (a goal)" : "miss";

    static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
