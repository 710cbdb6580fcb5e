namespace QuickStart;

/// <summary>What can go wrong with one socket on a bad day. One each: the first condemns the connection.</summary>
enum Fault
{
    /// <summary>Cut off, at once and whatever it is doing.</summary>
    Killed,

    /// <summary>Cut off in the middle of an answer.</summary>
    KilledInAnswer,

    /// <summary>No answer, ever.</summary>
    Stalled,

    /// <summary>The right answer, when nobody waits for it any more: what the next holder must never see.</summary>
    AnsweredLate,

    /// <summary>Something else instead of an answer.</summary>
    Garbage,

    /// <summary>Cut off because the server went away.</summary>
    Outage,
}
