namespace ActorPool.Mutations;

/// <summary>The mailbox, and the owner who runs what is in it.</summary>
static class MailboxMutations
{
    const string Mailbox = "src/ActorPool/Actors/InlineMailbox.cs";
    const string Owner = "src/ActorPool/Actors/Actor.cs";

    public static Mutation[] All { get; } =
    [
        new("Queued messages run newest first", Mailbox,
            """
                    MessageNode? oldest = null;
                    while (newest is not null)
                    {
                        var older = newest.NextNode;
                        newest.NextNode = oldest;
                        oldest = newest;
                        newest = older;
                    }

                    return oldest;
            """,
            """
                    return newest;
            """),
        new("An owner leaves although mail was announced", Mailbox,
            "Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy",
            "Interlocked.Exchange(ref _state, Idle) is Busy or BusyWithMail"),
        new("Whoever queues mail for an idle mailbox is not told to have it fetched", Mailbox,
            """
                                if (Interlocked.CompareExchange(ref _state, IdleWithMail, Idle) == Idle)
                                {
                                    return true;
            """,
            """
                                if (Interlocked.CompareExchange(ref _state, IdleWithMail, Idle) == Idle)
                                {
                                    return false;
            """),
        new("An owner leaves the rest of a long batch, and nobody is told to run it", Owner,
            """
                                Mailbox.LeaveWithMail();
                                System.Dispatcher.Execute(this);
            """,
            """
                                Mailbox.LeaveWithMail();
            """),
        new("Of several queued messages only the first is run", Owner,
            "_backlog = node.NextNode;",
            "_backlog = null;"),
    ];
}
