using System.Globalization;

namespace ActorPool.Budgets.Simulation;

/// <summary>Times in few words.</summary>
static class Show
{
    public static string Ms(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{(double)ticks / TimeSpan.TicksPerMillisecond:0.###} ms");
}
