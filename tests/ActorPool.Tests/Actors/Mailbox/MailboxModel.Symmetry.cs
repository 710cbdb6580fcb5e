namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>Senders that can be exchanged without a difference.</summary>
sealed partial class MailboxModel
{
    /// <summary>Of states that only exchange senders with the same program, one; the order is arbitrary but always the same.</summary>
    public void Canonicalize(ref MailboxState state)
    {
        if (!plan.IsSymmetric)
        {
            return;
        }

        Span<int> order = [0, 1, 2];
        Span<int> keys = stackalloc int[MailboxPlan.SendersMax];
        for (var sender = 0; sender < MailboxPlan.SendersMax; sender++)
        {
            ref var thread = ref state.Threads[sender];
            keys[sender] = (((((((((int)thread.At << 3) | thread.Sent) << 3) | state.Run[sender]) << 3) | thread.Turns) << 3) | thread.Spins) << 3
                | thread.Seen;
        }

        keys.Sort(order);
        if (order is not [0, 1, 2])
        {
            Exchange(ref state, order);
        }
    }

    static void Exchange(ref MailboxState state, ReadOnlySpan<int> order)
    {
        var was = state;
        Span<byte> renamed = stackalloc byte[NodeCount + 1];
        renamed[0] = 0;
        for (var sender = 0; sender < MailboxPlan.SendersMax; sender++)
        {
            for (var number = 0; number < MailboxPlan.MessagesMax; number++)
            {
                renamed[MessageOf(order[sender], number)] = MessageOf(sender, number);
            }
        }

        for (var sender = 0; sender < MailboxPlan.SendersMax; sender++)
        {
            state.Threads[sender] = was.Threads[order[sender]];
            state.Run[sender] = was.Run[order[sender]];
        }

        for (var thread = 0; thread < ThreadCount; thread++)
        {
            ref var local = ref state.Threads[thread];
            local.Node = renamed[local.Node];
            local.Top = renamed[local.Top];
        }

        for (byte node = 1; node <= NodeCount; node++)
        {
            var old = NodeOf(ref was, node);
            NodeOf(ref state, renamed[node]) = new ModelNode { Next = renamed[old.Next], Message = renamed[old.Message] };
        }

        state.Mail = renamed[was.Mail];
        state.Backlog = renamed[was.Backlog];
    }
}
