namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>The mailbox's protocol with one step taken out or turned round; <see cref="None"/> is the protocol itself.</summary>
public enum MailboxMutation
{
    None = 0,

    /// <summary>TryEnter looks, and then stores.</summary>
    EnterIsNotAtomic,

    /// <summary>TryEnter succeeds although mail waits.</summary>
    EnterDespiteMail,

    /// <summary>TryFetch looks, and then stores.</summary>
    FetchIsNotAtomic,

    /// <summary>TryFetch succeeds although somebody is the owner.</summary>
    FetchFromAnOwner,

    /// <summary>TryLeave stores Idle, whatever was announced.</summary>
    LeaveByPlainStore,

    /// <summary>TryLeave looks whether something was announced, and then stores.</summary>
    LeaveIsNotAtomic,

    /// <summary>LeaveWithMail stores Idle.</summary>
    LeaveWithMailStoresIdle,

    /// <summary>After LeaveWithMail nobody is told to fetch.</summary>
    LeaveWithMailTellsNobody,

    /// <summary>Enqueue pushes without compare-and-swap.</summary>
    PushByPlainStore,

    /// <summary>Enqueue announces, and then pushes.</summary>
    AnnounceBeforePush,

    /// <summary>Enqueue takes Busy for an announcement.</summary>
    BusyCountsAsAnnounced,

    /// <summary>Enqueue announces to an owner with a plain store.</summary>
    AnnounceToOwnerByPlainStore,

    /// <summary>Enqueue announces to nobody with a plain store.</summary>
    AnnounceToNobodyByPlainStore,

    /// <summary>Enqueue announces nothing when there is no owner.</summary>
    IdleIsNotAnnounced,

    /// <summary>Enqueue says that somebody will fetch when nobody will.</summary>
    NobodyIsToldToFetch,

    /// <summary>TakeMail takes the list, and then sets Busy.</summary>
    TakeListBeforeBusy,

    /// <summary>TakeMail does not set Busy.</summary>
    TakeMailLeavesTheWord,

    /// <summary>TakeMail reads the list, and then clears it.</summary>
    TakeListIsNotAtomic,

    /// <summary>TakeMail does not put the list in order of arrival.</summary>
    ListIsNotReversed,

    /// <summary>RunMail tries to leave after a backlog without having looked into the mailbox.</summary>
    BacklogIsTakenForAll,

    /// <summary>RunMail believes to have left when it has not.</summary>
    FailedLeaveIsIgnored,

    /// <summary>RunMail goes on after a turn that threw.</summary>
    SuspensionIsIgnored,

    /// <summary>A failed turn tells the parent before its thread has let go of the actor.</summary>
    ParentIsToldInTheTurn,
}
