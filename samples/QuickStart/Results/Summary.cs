using System.Globalization;
using ActorPool;

namespace QuickStart;

/// <summary>The end of the day: the numbers, and whether the pool kept its promises.</summary>
sealed class Summary(Day day, TimeSpan lasted, int hangingWorkers, Reckoning reckoning, EchoServer? server)
{
    public void Print()
    {
        var pool = reckoning.Full;
        Console.WriteLine();
        Say("day", $"{Seconds(lasted)}, {day.Settings.Workers} workers on {pool.MaxSize} connections to {day.Server}");
        SayRequests();
        if (server is not null)
        {
            SayFaults(server);
        }

        SayConnections(pool);
        var times = day.Tally.AcquireTimes;
        Say("acquire", $"p50 {Ms(times.Percentile(0.5))}, p99 {Ms(times.Percentile(0.99))}, longest {Ms(times.Longest)}");
        if (day.BadDay?.Outage is { } outage)
        {
            Say("outage", $"{Seconds(outage.Length)}; then first answer after {Ms(outage.FirstAnswer)}, healed after {Ms(outage.Healed)}");
        }

        Say("slots lost", reckoning.SlotsLost is { } lost
            ? $"{lost} ({pool.MaxSize - lost} of {pool.MaxSize} leased at once at the end)"
            : "unknown: the server is gone");
        Say("others' replies", day.Settings.SpeaksRedis ? "not to be seen: every PONG is alike" : $"{day.Tally.OthersReplies}");
        Console.WriteLine();
    }

    /// <summary>The promises that were broken.</summary>
    public IEnumerable<string> Failures()
    {
        if (day.Tally.FirstOthersReply is { } othersReply)
        {
            yield return $"a worker got another's reply: {othersReply.Message}";
        }

        if (hangingWorkers > 0)
        {
            yield return $"workers that hang: {hangingWorkers} ({reckoning.Full})";
        }

        if (reckoning.SlotsLost > 0)
        {
            yield return $"slots lost: {reckoning.SlotsLost} ({reckoning.Full})";
        }

        if (reckoning.SlotsLost is null && server is not null)
        {
            yield return $"the pool did not find back to its server: {reckoning.Full}";
        }

        if (!reckoning.IsDrained || reckoning.OpenInPool > 0 || reckoning.OpenAtServer > 0)
        {
            yield return "connections are left open after the drain:"
                + $" {reckoning.OpenAtServer} at the server, {reckoning.OpenInPool} in the pool";
        }

        if (day.BadDay?.Problem is { } problem)
        {
            yield return $"the embedded server could not come back to its port: {problem.Message}";
        }

        if (day.Tally.AnsweredCount == 0)
        {
            yield return "no request was answered";
        }
    }

    void SayRequests()
    {
        var answered = day.Tally.AnsweredCount;
        var failures = day.Tally.Failures;
        Say("requests", $"{answered:N0} answered ({answered / lasted.TotalSeconds:N0} per second), {failures.Values.Sum():N0} failed");
        foreach (var (kind, count) in failures.OrderByDescending(kind => kind.Value))
        {
            Say("", $"{count,6:N0}  {kind}");
        }
    }

    void SayFaults(EchoServer server)
    {
        var killed = server.Count(Fault.Killed) + server.Count(Fault.KilledInAnswer) + server.Count(Fault.Outage);
        Say("faults", $"{killed,6:N0}  sockets killed, {server.Count(Fault.KilledInAnswer)} in mid-answer, {server.Count(Fault.Outage)} in the outage");
        Say("", $"{server.Count(Fault.Stalled),6:N0}  never answered, {server.Count(Fault.AnsweredLate)} answered too late");
        Say("", $"{server.Count(Fault.Garbage),6:N0}  answered with garbage");
        Say("", $"        (--seed {day.Settings.Seed} repeats them)");
    }

    void SayConnections(PoolSnapshot pool)
    {
        var closed = pool.Closed.Values.Sum();
        var unnoticed = Math.Max(0, closed - day.Tally.FailedOnConnection);
        var atServer = server is null ? "" : $"{reckoning.OpenAtServer} of {server.Accepted:N0} at the server, ";
        Say("connections", $"{pool.Opened:N0} opened, {closed:N0} broken, {Day.Replaced(pool):N0} replaced, {pool.OpensFailed:N0} attempts failed");
        Say("", $"{unnoticed:N0} of the broken ones went before a caller noticed");
        Say("left open", $"{atServer}{reckoning.OpenInPool} in the pool");
    }

    static void Say(string topic, string text) => Console.WriteLine($"{topic,-17}{text}");

    static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    static string Ms(TimeSpan? time) => time is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalMilliseconds:N1} ms")
        : "(too early to say)";
}
