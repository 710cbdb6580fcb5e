namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>What the threads of a <see cref="MailboxModel"/> do, one letter for each message, a slash between threads.</summary>
/// <param name="Senders">
/// <c>T</c> tells (the message runs inline if it can), <c>P</c> posts, <c>Q</c> queues without trying to run it (TellQueued,
/// and what a turn sends), <c>A</c> tells and awaits its turn (TakeTurn), <c>F</c> tells something that throws.
/// </param>
/// <param name="Batch">How many turns an owner runs for others.</param>
/// <param name="Spins">How often a sender looks again before it queues.</param>
/// <param name="ReusesNodes">Whether the nodes of messages that have run are used again by the thread that ran them.</param>
public sealed record MailboxPlan(string Senders, int Batch = 1, int Spins = 1, bool ReusesNodes = false)
{
    public const int SendersMax = 3;
    public const int MessagesMax = 3;

    public string[] Programs { get; } = Senders.Split('/');

    /// <summary>Whether senders can be exchanged without a difference: all have the same program, and no nodes of others.</summary>
    public bool IsSymmetric => Programs.Length == SendersMax && Programs.Distinct().Count() == 1 && !ReusesNodes;

    public override string ToString() => $"{Senders}, batch {Batch}, {Spins} spins{(ReusesNodes ? ", nodes reused" : "")}";
}
