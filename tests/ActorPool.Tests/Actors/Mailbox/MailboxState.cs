using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>All that can differ from one moment to the next: the mailbox, its nodes, and where each thread is.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
struct MailboxState
{
    public ModelThreads Threads;
    public ModelNodes Nodes;

    /// <summary>The unused nodes that each thread keeps.</summary>
    public PerThread Spare;

    /// <summary>How many messages of each sender have run.</summary>
    public PerSender Run;

    /// <summary>The word of the mailbox, as in InlineMailbox.</summary>
    public byte Word;

    /// <summary>The newest node of the mailbox's list.</summary>
    public byte Mail;

    /// <summary>The oldest node that was taken and has not run.</summary>
    public byte Backlog;

    /// <summary>Work items of the dispatcher that have not started.</summary>
    public byte Scheduled;

    /// <summary>Whether a turn has thrown and the parent has not decided.</summary>
    public bool IsSuspended;

    /// <summary>Whether the parent has been told.</summary>
    public bool IsParentTold;

    /// <summary>64 bits that stand for the whole: two states of one search that share them are as good as impossible.</summary>
    public readonly ulong Fingerprint()
    {
        var words = MemoryMarshal.Cast<byte, ulong>(MemoryMarshal.AsBytes(new ReadOnlySpan<MailboxState>(in this)));
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var word in words)
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ word) * 0xBF58476D1CE4E5B9UL;
            hash ^= hash >> 31;
        }

        return hash * 0x94D049BB133111EBUL;
    }
}

/// <summary>A thread: where it is, and its local variables. What it no longer needs is zero, so that equal states are equal.</summary>
struct ModelThread
{
    public At At;

    /// <summary>How many messages it has sent.</summary>
    public byte Sent;

    /// <summary>The node that it pushes; in a turn, the message that is running.</summary>
    public byte Node;

    /// <summary>The top of the list as it has seen it.</summary>
    public byte Top;

    /// <summary>The word as it has seen it; what Enqueue has answered.</summary>
    public byte Seen;

    /// <summary>How many more turns it runs for others.</summary>
    public byte Turns;

    /// <summary>How often it has looked again.</summary>
    public byte Spins;

    /// <summary>Whether it runs mail while it spins, and then goes on spinning.</summary>
    public bool IsHelping;
}

/// <summary>A node of the mailbox's list; numbers from 1, zero is none.</summary>
struct ModelNode
{
    public byte Next;

    /// <summary>The message, from 1.</summary>
    public byte Message;
}

[InlineArray(MailboxModel.ThreadCount)]
struct ModelThreads
{
    ModelThread _first;
}

[InlineArray(MailboxModel.NodeCount)]
struct ModelNodes
{
    ModelNode _first;
}

[InlineArray(MailboxModel.ThreadCount)]
struct PerThread
{
    byte _first;
}

[InlineArray(MailboxPlan.SendersMax)]
struct PerSender
{
    byte _first;
}

/// <summary>The step that a thread takes next.</summary>
enum At : byte
{
    Done = 0,

    // Tell: TryEnter, TryEnterSlowly
    TryEnter,
    LookIdle,
    TryEnterAgain,
    LookUnfetched,
    TryFetchToHelp,

    // Enqueue
    ReadTop,
    Push,
    ReadWord,
    Announce,

    // What follows it
    Schedule,
    TryFetch,
    AwaitTurn,

    // The turn of one's own message, and leaving after it
    InlineTurn,
    LeaveWithEffects,

    // RunMail
    SetBusy,
    TakeList,
    MailTurn,
    TryLeave,
    LeaveWithMail,
    Reschedule,

    // A turn has thrown
    LookSuspended,
    TellParent,

    // The dispatcher and the parent, with nothing to do
    AwaitWork,
    AwaitFailure,

    // The second halves of what should be atomic
    StoreEnter,
    StoreFetch,
    StoreLeave,
    ClearList,
}
