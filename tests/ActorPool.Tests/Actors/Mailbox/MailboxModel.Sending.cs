namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>The sender's side: entering, spinning, queueing.</summary>
sealed partial class MailboxModel
{
    void Enter(ref MailboxState state, int thread, At otherwise, bool spins = false)
    {
        ref var me = ref state.Threads[thread];
        if (state.Word == Idle || (state.Word == IdleWithMail && mutation == MailboxMutation.EnterDespiteMail))
        {
            if (mutation == MailboxMutation.EnterIsNotAtomic)
            {
                me.At = At.StoreEnter;
                return;
            }

            state.Word = Busy;
            RunInline(ref state, thread);
        }
        else if (spins)
        {
            SpinOn(ref me);
        }
        else
        {
            me.At = otherwise;
        }
    }

    void SpinOn(ref ModelThread me)
    {
        me.IsHelping = false;
        me.Spins++;
        me.At = me.Spins < plan.Spins ? At.LookIdle : BeginEnqueue;
    }

    void RunInline(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        me.Spins = 0;
        me.At = At.InlineTurn;
        BeginTurn(ref state, thread, MessageOf(thread, me.Sent));
    }

    At BeginEnqueue => mutation == MailboxMutation.AnnounceBeforePush ? At.ReadWord : At.ReadTop;

    void Rent(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        var message = MessageOf(thread, me.Sent);
        if (state.Spare[thread] != 0 && KindOf(message) != 'A')
        {
            me.Node = state.Spare[thread];
            state.Spare[thread] = NodeOf(ref state, me.Node).Next;
            NodeOf(ref state, me.Node).Next = 0;
        }
        else
        {
            me.Node = message;
        }

        NodeOf(ref state, me.Node).Message = message;
    }

    void Push(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        NodeOf(ref state, me.Node).Next = me.Top;
        if (state.Mail != me.Top && mutation != MailboxMutation.PushByPlainStore)
        {
            me.Top = state.Mail;
            return;
        }

        state.Mail = me.Node;
        me.Node = 0;
        me.Top = 0;
        if (mutation == MailboxMutation.AnnounceBeforePush)
        {
            Enqueued(ref state, thread, me.Seen == 1);
        }
        else
        {
            me.At = At.ReadWord;
        }
    }

    void ReadWord(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        if (state.Word is BusyWithMail or IdleWithMail
            || (state.Word == Busy && mutation == MailboxMutation.BusyCountsAsAnnounced)
            || (state.Word == Idle && mutation == MailboxMutation.IdleIsNotAnnounced))
        {
            Announced(ref state, thread, false);
        }
        else
        {
            me.Seen = state.Word;
            me.At = At.Announce;
        }
    }

    void Announce(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        var isStore = mutation == (me.Seen == Idle
            ? MailboxMutation.AnnounceToNobodyByPlainStore
            : MailboxMutation.AnnounceToOwnerByPlainStore);
        if (state.Word != me.Seen && !isStore)
        {
            me.Seen = 0;
            me.At = At.ReadWord;
            return;
        }

        var wasIdle = me.Seen == Idle;
        state.Word = wasIdle ? IdleWithMail : BusyWithMail;
        me.Seen = 0;
        Announced(ref state, thread, wasIdle && mutation != MailboxMutation.NobodyIsToldToFetch);
    }

    void Announced(ref MailboxState state, int thread, bool mustFetch)
    {
        if (mutation == MailboxMutation.AnnounceBeforePush)
        {
            state.Threads[thread].Seen = mustFetch ? (byte)1 : (byte)0;
            state.Threads[thread].At = At.ReadTop;
        }
        else
        {
            Enqueued(ref state, thread, mustFetch);
        }
    }

    void Enqueued(ref MailboxState state, int thread, bool mustFetch)
    {
        ref var me = ref state.Threads[thread];
        me.Seen = 0;
        me.Spins = 0;
        if (mustFetch)
        {
            me.At = KindOf(MessageOf(thread, me.Sent)) == 'P' ? At.Schedule : At.TryFetch;
        }
        else
        {
            EndTell(ref state, thread);
        }
    }

    void EndTell(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        if (KindOf(MessageOf(thread, me.Sent)) == 'A')
        {
            me.At = At.AwaitTurn;
        }
        else
        {
            EndMessage(ref state, thread);
        }
    }

    void EndMessage(ref MailboxState state, int thread)
    {
        state.Threads[thread].Sent++;
        BeginMessage(ref state, thread);
    }

    void BeginMessage(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        me.At = me.Sent == plan.Programs[thread].Length ? At.Done
            : plan.Programs[thread][me.Sent] is 'P' or 'Q' ? BeginEnqueue
            : At.TryEnter;
    }
}
