namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>The owner's side: running mail, leaving, failing.</summary>
sealed partial class MailboxModel
{
    void EndInlineTurn(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        var failed = KindOf(me.Node) == 'F';
        me.Node = 0;
        if (failed)
        {
            Suspend(ref state, ref me);
        }
        else if (state.Word == Busy && mutation != MailboxMutation.LeaveIsNotAtomic)
        {
            state.Word = Idle;
            EndRunMail(ref state, thread);
        }
        else
        {
            // Leave tries twice, the second time after it has taken the effects.
            me.At = At.LeaveWithEffects;
            me.Turns = (byte)plan.Batch;
        }
    }

    void Suspend(ref MailboxState state, ref ModelThread me)
    {
        state.IsSuspended = true;
        state.IsParentTold |= mutation == MailboxMutation.ParentIsToldInTheTurn;
        me.At = At.LookSuspended;
    }

    void Fetch(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        if (state.Word == IdleWithMail || (state.Word == BusyWithMail && mutation == MailboxMutation.FetchFromAnOwner))
        {
            if (mutation == MailboxMutation.FetchIsNotAtomic)
            {
                me.At = At.StoreFetch;
                return;
            }

            state.Word = Busy;
            RunMail(ref state, thread);
        }
        else
        {
            EndRunMail(ref state, thread);
        }
    }

    void RunMail(ref MailboxState state, int thread)
    {
        state.Threads[thread].Turns = (byte)plan.Batch;
        RunOn(ref state, thread);
    }

    void RunOn(ref MailboxState state, int thread, bool afterTurn = false)
    {
        ref var me = ref state.Threads[thread];
        if (state.Backlog == 0)
        {
            me.At = afterTurn && mutation == MailboxMutation.BacklogIsTakenForAll ? At.TryLeave : BeginTakeMail;
        }
        else if (me.Turns == 0)
        {
            me.At = At.LeaveWithMail;
        }
        else
        {
            me.Turns--;
            me.At = At.MailTurn;
            var node = state.Backlog;
            state.Backlog = NodeOf(ref state, node).Next;
            BeginTurn(ref state, thread, GiveBack(ref state, thread, node));
        }
    }

    At BeginTakeMail => mutation == MailboxMutation.TakeListBeforeBusy ? At.TakeList : At.SetBusy;

    byte GiveBack(ref MailboxState state, int thread, byte node)
    {
        var message = NodeOf(ref state, node).Message;
        NodeOf(ref state, node) = default;
        if (plan.ReusesNodes && KindOf(message) != 'A')
        {
            NodeOf(ref state, node).Next = state.Spare[thread];
            state.Spare[thread] = node;
        }

        return message;
    }

    void EndMailTurn(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        var failed = KindOf(me.Node) == 'F';
        me.Node = 0;
        if (failed)
        {
            Suspend(ref state, ref me);
        }
        else
        {
            RunOn(ref state, thread, afterTurn: true);
        }
    }

    void LookAtTaken(ref MailboxState state, int thread)
    {
        if (state.Backlog == 0)
        {
            state.Threads[thread].At = At.TryLeave;
        }
        else
        {
            RunOn(ref state, thread);
        }
    }

    byte Reverse(ref MailboxState state, byte newest)
    {
        if (mutation == MailboxMutation.ListIsNotReversed)
        {
            return newest;
        }

        byte oldest = 0;
        while (newest != 0)
        {
            ref var node = ref NodeOf(ref state, newest);
            (oldest, newest, node.Next) = (newest, node.Next, oldest);
        }

        return oldest;
    }

    void Leave(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        if (mutation == MailboxMutation.LeaveIsNotAtomic && state.Word == Busy)
        {
            me.At = At.StoreLeave;
        }
        else if (state.Word == Busy || mutation == MailboxMutation.LeaveByPlainStore)
        {
            state.Word = Idle;
            EndRunMail(ref state, thread);
        }
        else if (mutation == MailboxMutation.FailedLeaveIsIgnored)
        {
            EndRunMail(ref state, thread);
        }
        else
        {
            RunOn(ref state, thread);
        }
    }

    void EndRunMail(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        me.Turns = 0;
        if (thread >= MailboxPlan.SendersMax)
        {
            me.At = thread == Dispatcher ? At.AwaitWork : At.AwaitFailure;
        }
        else if (me.IsHelping)
        {
            SpinOn(ref me);
        }
        else
        {
            EndTell(ref state, thread);
        }
    }
}
