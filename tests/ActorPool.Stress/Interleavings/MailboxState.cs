using ActorPool.Actors;

namespace ActorPool.Stress;

/// <summary>
/// A mailbox without its actor, and what its owners have noted down. Fields that are not one actor's alone are touched by
/// the owner of the mailbox, as an actor's are.
/// </summary>
sealed class MailboxState(int actors)
{
    // Who cannot leave for so often never will.
    const int RoundsMax = 100;

    readonly int[] _last = new int[actors];
    int _owners;

    public InlineMailbox Mailbox;

    /// <summary>Each actor's first and second letter.</summary>
    public readonly Letter[] First = [.. Enumerable.Range(0, actors).Select(actor => new Letter(actor, 1))];
    public readonly Letter[] Second = [.. Enumerable.Range(0, actors).Select(actor => new Letter(actor, 2))];

    /// <summary>What each actor has seen.</summary>
    public readonly int[] Seen = new int[actors];

    /// <summary>How many letters each actor has run.</summary>
    public readonly int[] Ran = new int[actors];

    /// <summary>What the owner writes and the next one reads.</summary>
    public int Data;

    /// <summary>How often the owner was told of mail and found none.</summary>
    public int EmptyTakes;

    /// <summary>1 if two were owners at once, letters of one sender overtook each other, or one was run twice.</summary>
    public int Broken;

    public int AllRan => Ran.Sum();

    /// <summary>1 if the mailbox is as it was: no owner, no mail.</summary>
    public int IsIdle => Mailbox.LooksIdle ? 1 : 0;

    public void Renew(bool owned)
    {
        Mailbox = default;
        Array.Clear(_last);
        Array.Clear(Seen);
        Array.Clear(Ran);
        (_owners, Data, EmptyTakes, Broken) = (0, 0, 0, 0);
        if (owned && TryEnter())
        {
            // Whoever prepares it leaves the ownership to one of the actors.
            _owners = 1;
        }
    }

    public bool TryEnter() => Mailbox.TryEnter() && Own();

    public bool TryFetch() => Mailbox.TryFetch() && Own();

    public bool TryLeave()
    {
        // Before the word is free: the next owner counts itself.
        Interlocked.Decrement(ref _owners);
        if (Mailbox.TryLeave())
        {
            return true;
        }

        Interlocked.Increment(ref _owners);
        return false;
    }

    public void LeaveWithMail()
    {
        Interlocked.Decrement(ref _owners);
        Mailbox.LeaveWithMail();
    }

    /// <summary>Queues a letter, and fetches it if nobody else will. 1 if nobody else would.</summary>
    public int Send(Letter letter, int actor)
    {
        if (!Mailbox.Enqueue(letter))
        {
            return 0;
        }

        Fetch(actor);
        return 1;
    }

    /// <summary>Runs mail that waits with no owner. 1 if there was some.</summary>
    public int Fetch(int actor)
    {
        if (!TryFetch())
        {
            return 0;
        }

        RunMail(actor);
        return 1;
    }

    /// <summary>For the owner: leaves, after the mail if there is some.</summary>
    public void Leave(int actor)
    {
        if (!TryLeave())
        {
            RunMail(actor);
        }
    }

    /// <summary>For the owner: takes the mail and runs it, until nothing is left and it can leave.</summary>
    public void RunMail(int actor)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            if (Take(actor) == 0)
            {
                EmptyTakes++;
            }

            if (TryLeave())
            {
                return;
            }
        }
    }

    /// <summary>For the owner: takes the mail once, and runs it. How much there was.</summary>
    public int Take(int actor)
    {
        var count = 0;
        for (var node = Mailbox.TakeMail(); node is not null && count < RoundsMax; count++)
        {
            var next = node.NextNode;
            Run((Letter)node, actor);
            node = next;
        }

        return count;
    }

    /// <summary>For the owner: a turn.</summary>
    public void Run(Letter letter, int actor)
    {
        Broken |= letter.Number == ++_last[letter.Sender] ? 0 : 1;
        Ran[actor]++;
    }

    bool Own()
    {
        if (Interlocked.Increment(ref _owners) != 1)
        {
            Broken = 1;
        }

        return true;
    }
}
