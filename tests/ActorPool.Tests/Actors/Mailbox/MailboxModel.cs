namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>
/// The protocol of InlineMailbox and of Actor's RunMail, Leave, TryEnterSlowly, Post and Fail, each access to shared memory
/// one step. Threads: up to three senders, the dispatcher, and the parent, who resumes after a failure. Memory is
/// sequentially consistent here; that the real one is consistent enough is argued beside each access.
/// </summary>
sealed partial class MailboxModel(MailboxPlan plan, MailboxMutation mutation = MailboxMutation.None)
{
    public const int ThreadCount = MailboxPlan.SendersMax + 2;
    public const int NodeCount = MailboxPlan.SendersMax * MailboxPlan.MessagesMax;
    public const int Dispatcher = MailboxPlan.SendersMax;
    public const int Parent = Dispatcher + 1;

    // As in InlineMailbox.
    public const byte Idle = 0;
    public const byte Busy = 1;
    public const byte BusyWithMail = 2;
    public const byte IdleWithMail = 3;

    /// <summary>The promise that the last step broke; null if none.</summary>
    public string? Violation { get; private set; }

    public MailboxState Start()
    {
        var state = default(MailboxState);
        for (var sender = 0; sender < plan.Programs.Length; sender++)
        {
            BeginMessage(ref state, sender);
        }

        state.Threads[Dispatcher].At = At.AwaitWork;
        state.Threads[Parent].At = At.AwaitFailure;
        return state;
    }

    /// <summary>One step of one thread. False if it cannot take one.</summary>
    public bool Step(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        switch (me.At)
        {
            case At.Done:
                return false;
            case At.TryEnter:
                Enter(ref state, thread, otherwise: plan.Spins > 0 ? At.LookIdle : BeginEnqueue);
                break;
            case At.LookIdle:
                me.At = state.Word == Idle ? At.TryEnterAgain : At.LookUnfetched;
                break;
            case At.TryEnterAgain:
                Enter(ref state, thread, otherwise: At.LookIdle, spins: true);
                break;
            case At.LookUnfetched:
                if (state.Word == IdleWithMail)
                {
                    me.At = At.TryFetchToHelp;
                }
                else
                {
                    SpinOn(ref me);
                }

                break;
            case At.TryFetchToHelp:
                me.IsHelping = true;
                Fetch(ref state, thread);
                break;
            case At.ReadTop:
                if (me.Node == 0)
                {
                    Rent(ref state, thread);
                }

                me.Top = state.Mail;
                me.At = At.Push;
                break;
            case At.Push:
                Push(ref state, thread);
                break;
            case At.ReadWord:
                ReadWord(ref state, thread);
                break;
            case At.Announce:
                Announce(ref state, thread);
                break;
            case At.Schedule:
                state.Scheduled++;
                EndMessage(ref state, thread);
                break;
            case At.TryFetch:
                Fetch(ref state, thread);
                break;
            case At.AwaitTurn:
                if (state.Run[thread] <= me.Sent)
                {
                    return false;
                }

                EndMessage(ref state, thread);
                break;
            case At.InlineTurn:
                EndInlineTurn(ref state, thread);
                break;
            case At.LeaveWithEffects:
                Leave(ref state, thread);
                break;
            case At.AwaitWork:
                if (state.Scheduled == 0)
                {
                    return false;
                }

                state.Scheduled--;
                me.At = At.TryFetch;
                break;
            case At.AwaitFailure:
                if (!state.IsParentTold)
                {
                    return false;
                }

                state.IsParentTold = false;
                state.IsSuspended = false;
                RunMail(ref state, thread);
                break;
            default:
                StepOfOwner(ref state, thread);
                break;
        }

        return true;
    }

    void StepOfOwner(ref MailboxState state, int thread)
    {
        ref var me = ref state.Threads[thread];
        switch (me.At)
        {
            case At.SetBusy:
                if (mutation != MailboxMutation.TakeMailLeavesTheWord)
                {
                    state.Word = Busy;
                }

                if (mutation == MailboxMutation.TakeListBeforeBusy)
                {
                    LookAtTaken(ref state, thread);
                }
                else
                {
                    me.At = At.TakeList;
                }

                break;
            case At.TakeList:
                state.Backlog = Reverse(ref state, state.Mail);
                if (mutation == MailboxMutation.TakeListIsNotAtomic)
                {
                    me.At = At.ClearList;
                    break;
                }

                state.Mail = 0;
                if (mutation == MailboxMutation.TakeListBeforeBusy)
                {
                    me.At = At.SetBusy;
                }
                else
                {
                    LookAtTaken(ref state, thread);
                }

                break;
            case At.ClearList:
                state.Mail = 0;
                LookAtTaken(ref state, thread);
                break;
            case At.MailTurn:
                EndMailTurn(ref state, thread);
                break;
            case At.TryLeave:
                Leave(ref state, thread);
                break;
            case At.LeaveWithMail:
                state.Word = mutation == MailboxMutation.LeaveWithMailStoresIdle ? Idle : IdleWithMail;
                me.At = At.Reschedule;
                break;
            case At.Reschedule:
                if (mutation != MailboxMutation.LeaveWithMailTellsNobody)
                {
                    state.Scheduled++;
                }

                EndRunMail(ref state, thread);
                break;
            case At.LookSuspended:
                if (state.IsSuspended && mutation != MailboxMutation.SuspensionIsIgnored)
                {
                    me.At = At.TellParent;
                }
                else
                {
                    RunOn(ref state, thread);
                }

                break;
            case At.TellParent:
                state.IsParentTold |= mutation != MailboxMutation.ParentIsToldInTheTurn;
                EndRunMail(ref state, thread);
                break;
            case At.StoreEnter:
                state.Word = Busy;
                RunInline(ref state, thread);
                break;
            case At.StoreFetch:
                state.Word = Busy;
                RunMail(ref state, thread);
                break;
            case At.StoreLeave:
                state.Word = Idle;
                EndRunMail(ref state, thread);
                break;
            default:
                throw new InvalidOperationException(me.At.ToString());
        }
    }

    /// <summary>What must hold when nobody can take a step; null if it does.</summary>
    public string? CheckEnd(in MailboxState state)
    {
        for (var sender = 0; sender < plan.Programs.Length; sender++)
        {
            if (state.Run[sender] != plan.Programs[sender].Length)
            {
                return $"only {state.Run[sender]} messages of sender {sender} have run";
            }

            if (state.Threads[sender].At != At.Done)
            {
                return $"sender {sender} waits for ever";
            }
        }

        return state is { Word: Idle, Mail: 0, Backlog: 0, IsSuspended: false }
            ? null
            : "everything has run, and the mailbox is not idle and empty";
    }

    void BeginTurn(ref MailboxState state, int thread, byte message)
    {
        state.Threads[thread].Node = message;
        for (var other = 0; other < ThreadCount; other++)
        {
            if (other != thread && state.Threads[other].At is At.InlineTurn or At.MailTurn)
            {
                Violation = $"turns of {NameOf(thread)} and {NameOf(other)} overlap";
            }
        }

        if (message == 0)
        {
            Violation = "a node was run that has no message";
            return;
        }

        var (sender, number) = ((message - 1) / MailboxPlan.MessagesMax, (message - 1) % MailboxPlan.MessagesMax);
        if (number != state.Run[sender])
        {
            Violation = number < state.Run[sender]
                ? $"message {number} of sender {sender} runs twice"
                : $"message {number} of sender {sender} overtakes message {state.Run[sender]}";
            return;
        }

        state.Run[sender]++;
    }

    char KindOf(byte message) =>
        plan.Programs[(message - 1) / MailboxPlan.MessagesMax][(message - 1) % MailboxPlan.MessagesMax];

    static byte MessageOf(int sender, int number) => (byte)((sender * MailboxPlan.MessagesMax) + number + 1);

    static ref ModelNode NodeOf(ref MailboxState state, byte node) => ref state.Nodes[node - 1];

    public static string NameOf(int thread) =>
        thread switch { Dispatcher => "dispatcher", Parent => "parent", _ => $"sender {thread}" };
}
