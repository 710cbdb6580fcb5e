using ActorPool.Actors;

namespace ActorPool.Stress;

/// <summary>Both sides of every exchange on the two words of <see cref="InlineMailbox"/>.</summary>
static class MailboxScenarios
{
    const string Lost = "mail is left that nobody will ever run";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        // Without the state's own counting, which has fences of its own.
        new Scenario<MailboxState>("mailbox-enter-enter", "all enter an idle mailbox")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: false),
            Acts = [static (state, actor) => state.Seen[actor] = state.Mailbox.TryEnter() ? 1 : 0],
            Judge = static state => new(state.Seen.Sum(), Array.IndexOf(state.Seen, 1)),
            Outcomes = static actors => OneOf(actors, new OutcomeTable("owners", "which")),
        },

        new Scenario<MailboxState>("mailbox-enter-leave", "the owner writes and leaves; another enters and reads")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: true),
            Acts =
            [
                static (state, _) =>
                {
                    state.Data = 1;
                    state.Seen[0] = state.Mailbox.TryLeave() ? 1 : 0;
                },
                static (state, _) => state.Seen[1] = state.Mailbox.TryEnter() ? 1 + state.Data : 0,
            ],
            Judge = static state => new(state.Seen[0], Math.Min(1, state.Seen[1]), Math.Max(0, state.Seen[1] - 1)),
            Outcomes = static _ => new OutcomeTable("left", "entered", "reads")
                .Acceptable(new(1, 0, 0), "entering came too early")
                .Acceptable(new(1, 1, 1), "entering came after leaving")
                .Forbidden(new(1, 1, 0), "what the last owner wrote is not there"),
        },

        new Scenario<MailboxState>("mailbox-enter-enqueue", "one enters an idle mailbox, runs a turn and leaves; another queues")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: false),
            Acts =
            [
                static (state, actor) =>
                {
                    if (state.TryEnter())
                    {
                        state.Run(state.First[actor], actor);
                        state.Leave(actor);
                    }
                },
                static (state, actor) => state.Send(state.First[actor], actor),
            ],
            Judge = static state => new(state.Ran[0], state.Ran[1], state.Broken, state.IsIdle),
            Outcomes = static _ => new OutcomeTable("run by who entered", "run by who queued", "broken", "idle at the end")
                .Acceptable(new(2, 0, 0, 1), "who entered found the letter before it could leave")
                .Acceptable(new(1, 1, 0, 1), "the letter came when the turn was over")
                .Acceptable(new(0, 1, 0, 1), "the letter was first: no entering where mail waits")
                .Forbidden(new(1, 0, 0, 1), Lost)
                .Forbidden(new(1, 0, 0, 0), Lost),
        },

        new Scenario<MailboxState>("mailbox-enter-fetch", "mail waits with no owner; one fetches it, another enters")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                state.Renew(owned: false);
                state.Mailbox.Enqueue(state.First[0]);
            },
            Acts =
            [
                static (state, actor) => state.Seen[actor] = state.Fetch(actor),
                static (state, actor) =>
                {
                    if (state.TryEnter())
                    {
                        state.Seen[actor] = 1 + state.AllRan;
                        state.Leave(actor);
                    }
                },
            ],
            Judge = static state => new(state.Seen[0], Math.Min(1, state.Seen[1]), Math.Max(0, state.Seen[1] - 1), state.Broken, state.IsIdle),
            Outcomes = static _ => new OutcomeTable("fetched", "entered", "letters run before that", "broken", "idle at the end")
                .Acceptable(new(1, 0, 0, 0, 1), "entering came before the mail was run")
                .Acceptable(new(1, 1, 1, 0, 1), "entering came after the mail was run")
                .Forbidden(new(1, 1, 0, 0, 1), "who entered has overtaken the mail"),
        },

        new Scenario<MailboxState>("mailbox-fetch-fetch", "mail waits with no owner; all fetch it")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                state.Renew(owned: false);
                state.Mailbox.Enqueue(state.First[0]);
            },
            Acts = [static (state, actor) => state.Seen[actor] = state.Fetch(actor)],
            Judge = static state => new(state.Seen.Sum(), Array.IndexOf(state.Seen, 1), state.AllRan - 1, state.Broken),
            Outcomes = static actors => OneOf(actors, new OutcomeTable("owners", "which", "run too often", "broken")),
        },

        new Scenario<MailboxState>("mailbox-leave-enqueue", "the owner leaves; another queues")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: true),
            Acts =
            [
                static (state, actor) => state.Leave(actor),
                static (state, actor) => state.Seen[actor] = state.Send(state.First[actor], actor),
            ],
            Judge = static state => new(state.Ran[0], state.Ran[1], state.Seen[1], state.Broken, state.IsIdle),
            Outcomes = static _ => new OutcomeTable("run by the owner", "run by the sender", "was to fetch", "broken", "idle at the end")
                .Acceptable(new(1, 0, 0, 0, 1), "the owner could not leave and has run the letter")
                .Acceptable(new(0, 1, 1, 0, 1), "the owner had left: the letter is the sender's")
                .Forbidden(new(0, 0, 0, 0, 1), Lost)
                .Forbidden(new(0, 0, 0, 0, 0), Lost),
        },

        new Scenario<MailboxState>("mailbox-take-enqueue", "the owner takes its mail, one letter, runs it and leaves; another queues a second letter")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                state.Renew(owned: true);
                state.Mailbox.Enqueue(state.First[0]);
            },
            Acts =
            [
                static (state, actor) =>
                {
                    state.Seen[actor] = state.Take(actor);
                    state.Leave(actor);
                },
                static (state, actor) => state.Send(state.First[actor], actor),
            ],
            Judge = static state => new(state.Seen[0], state.Ran[0] - state.Seen[0], state.Ran[1], state.EmptyTakes, state.IsIdle - state.Broken),
            Outcomes = static _ => new OutcomeTable("in the first take", "in a later one", "run by the sender", "empty takes", "idle at the end")
                .Acceptable(new(2, 0, 0, 0, 1), "both letters were taken at once, and announced before that")
                .Acceptable(new(1, 1, 0, 0, 1), "the second letter came after the first was taken")
                .Acceptable(new(1, 0, 1, 0, 1), "the owner had left: the second letter is the sender's")
                .Interesting(new(2, 0, 0, 1, 1), "pushed, taken, and only then announced: somebody looks for it in vain")
                .Forbidden(new(1, 0, 0, 0, 1), Lost)
                .Forbidden(new(1, 0, 0, 0, 0), Lost),
        },

        new Scenario<MailboxState>("mailbox-enqueue-enqueue", "all queue two letters each at an idle mailbox, and fetch what they are told to")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: false),
            Acts =
            [
                static (state, actor) =>
                {
                    state.Seen[actor] = state.Send(state.First[actor], actor);
                    state.Seen[actor] += state.Send(state.Second[actor], actor);
                },
            ],
            Judge = static state =>
                new(state.AllRan - (2 * state.Ran.Length), state.Broken, state.IsIdle, state.Seen.Any(fetched => fetched < 2) ? 1 : 0),
            Outcomes = static _ => new OutcomeTable("run too often", "broken", "idle at the end", "one ran another's")
                .Acceptable(new(0, 0, 1, 0), "one after the other: each has fetched its own letters")
                .Acceptable(new(0, 0, 1, 1), "at once: somebody's letter was run by another")
                .Forbidden(new(-1, 0, 1, 1), Lost)
                .Forbidden(new(-1, 0, 0, 1), Lost),
        },

        new Scenario<MailboxState>("mailbox-leave-with-mail-enqueue", "the owner leaves although it has work left, and comes back to fetch it; another queues")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: true),
            Acts =
            [
                static (state, actor) =>
                {
                    state.LeaveWithMail();
                    state.Seen[actor] = state.Fetch(actor);
                },
                static (state, actor) => state.Seen[actor] = state.Send(state.First[actor], actor),
            ],
            Judge = static state => new(state.Ran[0], state.Ran[1], state.Seen[0], state.Broken, state.IsIdle),
            Outcomes = static _ => new OutcomeTable("run by the owner", "run by the sender", "the owner fetched", "broken", "idle at the end")
                .Acceptable(new(1, 0, 1, 0, 1), "who came back found the letter: before it left, while it was away, or while it ran")
                .Acceptable(new(0, 1, 1, 0, 1), "who came back had left again: the letter is the sender's")
                .Forbidden(new(0, 0, 0, 0, 0), Lost),
        },

        new Scenario<MailboxState>("mailbox-leave-with-mail-fetch", "the owner leaves although it has work left, and comes back to fetch it; another helps")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: true),
            Acts =
            [
                static (state, actor) =>
                {
                    state.LeaveWithMail();
                    state.Seen[actor] = state.Fetch(actor);
                },
                static (state, actor) => state.Seen[actor] = state.Fetch(actor),
            ],
            Judge = static state => new(state.Seen.Sum(), Array.IndexOf(state.Seen, 1), state.Broken, state.IsIdle),
            Outcomes = static _ => new OutcomeTable("fetchers", "which", "broken", "idle at the end")
                .Acceptable(new(1, 0, 0, 1), "the owner was back before anybody helped")
                .Acceptable(new(1, 1, 0, 1), "the helper was quicker")
                .Forbidden(new(2, 0, 0, 1), "the work was fetched twice"),
        },

        new Scenario<MailboxState>("mailbox-own-order", "the owner leaves; another queues one letter and then takes the direct way with a second")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(owned: true),
            Acts =
            [
                static (state, actor) => state.Leave(actor),
                static (state, actor) =>
                {
                    state.Send(state.First[actor], actor);
                    if (state.TryEnter())
                    {
                        state.Run(state.Second[actor], actor);
                        state.Seen[actor] = 1;
                        state.Leave(actor);
                    }
                    else
                    {
                        state.Send(state.Second[actor], actor);
                    }
                },
            ],
            Judge = static state => new(state.AllRan, state.Ran[0], state.Seen[1], state.Broken, state.IsIdle),
            Outcomes = static _ => new OutcomeTable("run", "by the owner", "the second went directly", "broken", "idle at the end")
                .Acceptable(new(2, 0, 1, 0, 1), "the owner had left before the first")
                .Interesting(new(2, 1, 1, 0, 1), "the owner ran the first, and had left before the second: rare, it is slower than the second is")
                .Acceptable(new(2, 2, 0, 0, 1), "the owner ran both")
                .Acceptable(new(2, 1, 0, 0, 1), "the owner ran the first; it had left when the second was queued, or was about to")
                .Forbidden(new(2, 0, 1, 1, 1), "the second has overtaken the first"),
        },
    ];

    static OutcomeTable OneOf(int actors, OutcomeTable table)
    {
        for (var actor = 0; actor < actors; actor++)
        {
            table.Acceptable(new(1, actor), $"actor {actor} won");
        }

        return table.Forbidden(new(0, -1), "nobody is").Forbidden(new(2, 0), "two are");
    }
}
