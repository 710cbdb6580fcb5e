using ActorPool.Endpoints;
using static ActorPool.Diagnostics.Describe;

namespace ActorPool.Errors;

/// <summary>Makes the ledgers of waits that were in vain, and puts them into words.</summary>
static class Ledgers
{
    /// <summary>Timers that ran later than this are worth a word, and so is a clock that leapt.</summary>
    const long LateMsMin = 250;

    /// <summary>So many holders are named in a message; the ledger has them all.</summary>
    const int NamedMax = 3;

    public static WaitLedger Create(WaitFailure failure)
    {
        var spent = new Dictionary<WaitCause, TimeSpan>();
        for (var cause = 0; cause < WaitCauses.CauseCount; cause++)
        {
            if (failure.Spent[cause] > 0)
            {
                spent.Add((WaitCause)cause, TimeSpan.FromMilliseconds(failure.Spent[cause]));
            }
        }

        return new WaitLedger
        {
            Waited = TimeSpan.FromMilliseconds(failure.WaitedMs),
            Holders = [.. failure.Snapshot.Leases.OrderByDescending(lease => lease.Held)],
            PositionAtEntry = failure.PositionAtEntry,
            ServedSince = failure.ServedSince,
            SpentOn = spent,
            TimersLate = TimeSpan.FromMilliseconds(Math.Max(0, failure.TimersLateMs)),
            ClockLeapt = TimeSpan.FromMilliseconds(failure.ClockLeaptMs),
        };
    }

    /// <summary>The ledger in sentences, each with a space before it.</summary>
    public static string Describe(WaitLedger ledger) => Place(ledger) + Spent(ledger) + Held(ledger) + Late(ledger);

    static string Place(WaitLedger ledger) => ledger.PositionAtEntry > 0
        ? $" It came as number {ledger.PositionAtEntry} in line; {ledger.ServedSince} were served since."
        : "";

    static string Spent(WaitLedger ledger) => ledger.SpentOn.Count > 0
        ? $" The wait was for {string.Join(", ", ledger.SpentOn.OrderByDescending(spent => spent.Value).Select(spent => $"{Words(spent.Key)} {Seconds(spent.Value)}"))}."
        : "";

    static string Held(WaitLedger ledger) => ledger.Holders.Count > 0
        ? $" Held longest: {string.Join("; ", ledger.Holders.Take(NamedMax))}"
            + (ledger.Holders.Count > NamedMax ? $"; and {ledger.Holders.Count - NamedMax} more." : ".")
        : "";

    static string Late(WaitLedger ledger)
    {
        if (ledger.ClockLeapt.TotalMilliseconds >= LateMsMin)
        {
            return $" The clock leapt by {Seconds(ledger.ClockLeapt)} meanwhile: the process or the machine was stopped.";
        }

        return ledger.TimersLate.TotalMilliseconds >= LateMsMin
            ? $" Timers ran up to {Seconds(ledger.TimersLate)} late: the thread pool has no free threads"
                + " (blocking calls?), or the machine is overloaded."
            : "";
    }

    static string Words(WaitCause cause) => cause switch
    {
        WaitCause.Leases => "a lease to come back",
        WaitCause.Opening => "a connection to open",
        WaitCause.Backoff => "the backoff after failed opens",
        WaitCause.Budget => "the budget",
        _ => "the end of a pause",
    };
}
