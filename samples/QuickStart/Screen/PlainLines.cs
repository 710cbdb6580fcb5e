namespace QuickStart;

/// <summary>One line per second, for files and pipes.</summary>
static class PlainLines
{
    public static async Task ShowAsync(Day day, Task over)
    {
        var meter = new RateMeter();
        while (await Task.WhenAny(over, Task.Delay(TimeSpan.FromSeconds(1))) != over)
        {
            var pool = day.Pool.Snapshot();
            Console.WriteLine(
                $"{day.Elapsed.TotalSeconds,5:0.0} s  {pool.Health,-11}  {meter.PerSecond(day.Tally.AnsweredCount),7:N0} requests/s"
                + $"  {pool.Leased,2} leased  {pool.Idle,2} idle  {pool.Opening,2} opening  {pool.Waiting,3} waiting"
                + $"  {Day.Replaced(pool),4} replaced  {day.Tally.Failures.Values.Sum(),4} failed"
                + (day.IsServerAway ? "  the server is away" : ""));
        }
    }
}
