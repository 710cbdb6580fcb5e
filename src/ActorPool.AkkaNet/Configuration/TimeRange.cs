using System.Globalization;

namespace ActorPool.AkkaNet.Configuration;

/// <summary>Which times an option may have.</summary>
/// <param name="Min">The shortest.</param>
/// <param name="Max">The longest.</param>
readonly record struct TimeRange(TimeSpan Min, TimeSpan Max)
{
    public bool Has(TimeSpan time) => time >= Min && time <= Max;

    /// <summary>What is wrong with a time; null if nothing is.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="time">The time.</param>
    public string? ProblemOf(string key, TimeSpan time) => Has(time) ? null : $"{key} is {time}: {this} is expected";

    /// <summary>As it is written in documents.</summary>
    public override string ToString() => $"{Words(Min)} to {Words(Max)}";

    static string Words(TimeSpan time) =>
        time.TotalDays >= 1 ? Words(time.TotalDays, time.TotalDays > 1 ? "days" : "day")
        : time.TotalHours >= 1 ? Words(time.TotalHours, "h")
        : time.TotalMinutes >= 1 ? Words(time.TotalMinutes, "min")
        : time.TotalSeconds >= 1 ? Words(time.TotalSeconds, "s")
        : Words(time.TotalMilliseconds, "ms");

    static string Words(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {unit}");
}
