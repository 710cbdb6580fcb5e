using System.Threading.Tasks.Sources;
using ActorPool.Actors;

namespace ActorPool.Stress;

/// <summary>Where awaiter and completer of a <see cref="Promise"/> meet, and where one use of it meets the next.</summary>
static class PromiseScenarios
{
    const int Answer = 7;
    const int NextAnswer = 8;

    [ThreadStatic]
    static int Me;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario<PromiseState>("promise-complete-await", "one completes, another awaits")
        {
            NewState = static _ => new(),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, actor) =>
                {
                    Me = actor;
                    state.Complete(Answer);
                },
                static (state, actor) =>
                {
                    Me = actor;
                    state.Promise.OnCompleted(TakeAndNote, state, state.Promise.Token, ValueTaskSourceOnCompletedFlags.FlowExecutionContext);
                },
            ],
            Judge = static state => new(state.Continued, state.Seen[0], state.Result),
            Outcomes = static _ => new OutcomeTable("continued", "by the awaiter", "answer")
                .Acceptable(new(1, 0, Answer), "the awaiter was there first")
                .Acceptable(new(1, 1, Answer), "the promise was complete already")
                .Forbidden(new(0, 0, 0), "the awaiter waits for ever")
                .Forbidden(new(2, 1, Answer), "continued twice"),
        },

        new Scenario<PromiseState>("promise-complete-poll", "one completes, another looks until it is complete and takes the answer")
        {
            NewState = static _ => new(),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, _) => state.Complete(Answer),
                static (state, _) =>
                {
                    state.Seen[1] = state.Poll();
                    state.Result = state.Promise.GetResult(state.Promise.Token);
                },
            ],
            Judge = static state => new(state.Seen[1], state.Result),
            Outcomes = static _ => new OutcomeTable("pending at first", "answer")
                .Acceptable(new(0, Answer), "complete at the first look")
                .Acceptable(new(1, Answer), "complete at a later look"),
        },

        new Scenario<PromiseState>("promise-complete-reuse", "one completes; another takes the answer as soon as it is there, and awaits the promise's next use")
        {
            NewState = static _ => new(),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, _) => state.Complete(Answer),
                static (state, _) =>
                {
                    state.Seen[1] = state.Poll();
                    state.Seen[0] = state.Promise.GetResult(state.Promise.Token);
                    AwaitNextUse(state);
                },
            ],
            Judge = static state => JudgeNextUse(state),
            Outcomes = static _ => NextUse()
                .Acceptable(new(Answer, 0, 0, 1, NextAnswer), "complete at the first look; the next use is none of the first completer's business")
                .Acceptable(new(Answer, 1, 0, 1, NextAnswer), "complete at a later look; the next use is none of the first completer's business")
                .Forbidden(new(Answer, 1, 1, 1, 0), "the first completer has completed the next use"),
        },

        new Scenario<PromiseState>("promise-continue-reuse", "one completes; another is continued, takes the answer, and awaits the promise's next use")
        {
            NewState = static _ => new(),
            Prepare = static state =>
            {
                state.Renew();
                state.HandsOver = true;
            },
            Acts =
            [
                static (state, _) => state.Complete(Answer),
                static (state, _) =>
                {
                    state.Promise.OnCompleted(TakeAndReuse, state, state.Promise.Token, ValueTaskSourceOnCompletedFlags.None);
                    state.RunHanded();
                },
            ],
            Judge = static state => JudgeNextUse(state),
            Outcomes = static _ => NextUse()
                .Acceptable(new(Answer, 0, 0, 1, NextAnswer), "the next use is none of the first completer's business"),
        },

        new Scenario<PromiseState>("promise-complete-block", "one completes; another blocks, for no time at first, then for as long as it takes")
        {
            NewState = static _ => new(),
            Prepare = static state =>
            {
                state.Renew();
                state.Promise.PrepareBlock();
            },
            Acts =
            [
                static (state, _) => state.Complete(Answer),
                static (state, _) =>
                {
                    state.Seen[0] = state.Promise.Block(TimeSpan.Zero) ? 1 : 0;
                    state.Seen[1] = state.Promise.Block(Timeout.InfiniteTimeSpan) ? 1 : 0;
                    state.Result = state.Promise.Result;
                },
            ],
            Judge = static state => new(state.Seen[0], state.Seen[1], state.Result),
            Stride = 256,
            Outcomes = static _ => new OutcomeTable("complete at first", "complete at last", "answer")
                .Acceptable(new(0, 1, Answer), "the blocker was there first")
                .Acceptable(new(1, 1, Answer), "the promise was complete already")
                .Forbidden(new(0, 1, 0), "woken before the answer was there"),
        },

        new Scenario<PromiseState>("promise-take-look", "one takes the answer, another looks with the same token: it is worn out once the answer was taken")
        {
            NewState = static _ => new(),
            Prepare = static state =>
            {
                state.Renew();
                state.Complete(Answer);
                state.Seen[1] = state.Promise.Token;
            },
            Acts =
            [
                static (state, _) =>
                {
                    state.Result = state.Promise.GetResult(state.Promise.Token);
                    Volatile.Write(ref state.WasTaken, true);
                },
                static (state, _) =>
                {
                    var token = (short)state.Seen[1];
                    state.Seen[1] = Volatile.Read(ref state.WasTaken) ? 1 : 0;
                    state.Seen[0] = IsRefused(() => state.Promise.GetStatus(token)) ? 1 : 0;
                },
            ],
            Judge = static state => new(state.Seen[1], state.Seen[0], state.Result),
            Stride = 256,
            Outcomes = static _ => new OutcomeTable("was taken before the look", "refused", "answer")
                .Acceptable(new(0, 0, Answer), "looked before it was taken")
                .Acceptable(new(0, 1, Answer), "taken at the same time")
                .Acceptable(new(1, 1, Answer), "looked after it was taken")
                .Forbidden(new(1, 0, Answer), "a token of an earlier use is good for a later one"),
        },

        new Scenario<PromiseState>("promise-take-take", "two take the answer with the same token, which callers must not")
        {
            NewState = static _ => new(),
            Prepare = static state =>
            {
                state.Renew();
                state.Complete(Answer);
                state.Result = state.Promise.Token;
            },
            Acts =
            [
                static (state, _) => state.Seen[0] = IsRefused(() => state.Promise.GetResult((short)state.Result)) ? 0 : 1,
                static (state, _) => state.Seen[1] = IsRefused(() => state.Promise.GetResult((short)state.Result)) ? 0 : 1,
            ],
            Judge = static state => new(state.Seen[0], state.Seen[1], state.Promise.Token == (short)state.Result ? 0 : 1),
            Stride = 256,
            Outcomes = static _ => new OutcomeTable("the first took it", "the second took it", "token worn out")
                .Acceptable(new(1, 0, 1), "one has it, the other is told")
                .Acceptable(new(0, 1, 1), "one has it, the other is told")
                .Interesting(new(1, 1, 1), "both have it: a misuse that is found most of the time")
                .Forbidden(new(0, 0, 1), "nobody has it"),
        },
    ];

    static void TakeAndNote(object? boxed)
    {
        var state = (PromiseState)boxed!;
        state.Continued++;
        state.Seen[0] = Me;
        state.Result = state.Promise.GetResult(state.Promise.Token);
    }

    static void TakeAndReuse(object? boxed)
    {
        var state = (PromiseState)boxed!;
        state.Seen[0] = state.Promise.GetResult(state.Promise.Token);
        AwaitNextUse(state);
    }

    static void AwaitNextUse(PromiseState state)
    {
        state.HandsOver = false;
        state.Promise.StartAgain();
        state.Promise.OnCompleted(TakeNext, state, state.Promise.Token, ValueTaskSourceOnCompletedFlags.None);
    }

    static void TakeNext(object? boxed)
    {
        var state = (PromiseState)boxed!;
        state.Continued++;
        state.Result = state.Promise.Result;
    }

    static OutcomeTable NextUse() => new("answer", "pending at first", "next use continued early", "in the end", "next answer");

    static Outcome JudgeNextUse(PromiseState state)
    {
        var isEarly = state.Continued > 0 || state.Promise.GetStatus(state.Promise.Token) != ValueTaskSourceStatus.Pending;
        if (!isEarly)
        {
            state.Complete(NextAnswer);
        }

        return new(state.Seen[0], state.Seen[1], isEarly ? 1 : 0, state.Continued, state.Result);
    }

    static bool IsRefused<TResult>(Func<TResult> take)
    {
        try
        {
            take();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
