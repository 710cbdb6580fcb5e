using ActorPool.Actors;

namespace ActorPool.Stress;

/// <summary>The ways into a real actor's mailbox, two or more at once: every message runs once, and no two turns at a time.</summary>
static class ActorScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario<TallyActor>("actor-tell-tell", "all tell an actor at once")
        {
            NewState = static actors => TallyActor.New(actors),
            Prepare = static actor => actor.Renew(),
            Acts = [static (actor, sender) => actor.Tell(new Tick(sender))],
            Judge = static actor => new(actor.Missing, actor.Overlaps, actor.FirstSender),
            Settle = LocalDispatcher.RunAll,
            Stride = 256,
            Outcomes = static actors => OneFirst(actors, new OutcomeTable("missing", "overlaps", "who was first")),
        },

        new Scenario<TallyActor>("actor-turn-turn", "all take a turn and read the answer: how many turns there were")
        {
            NewState = static actors => TallyActor.New(actors),
            Prepare = static actor => actor.Renew(),
            Acts = [static (actor, sender) => actor.TakeTurn(sender)],
            Judge = static actor => new(actor.Missing, actor.Overlaps, actor.WrongAnswers, actor.FirstSender),
            Settle = LocalDispatcher.RunAll,
            Stride = 256,
            Outcomes = static actors => OneFirst(actors, new OutcomeTable("missing", "overlaps", "wrong answers", "who was first")),
        },

        new Scenario<TallyActor>("actor-turn-post", "one takes a turn, another posts")
        {
            NewState = static actors => TallyActor.New(actors),
            Prepare = static actor => actor.Renew(),
            Acts = [static (actor, sender) => actor.TakeTurn(sender), static (actor, sender) => actor.Post(new Tick(sender))],
            Judge = static actor => new(actor.Missing, actor.Overlaps, actor.FirstSender),
            Settle = LocalDispatcher.RunAll,
            Stride = 256,
            Outcomes = static actors => OneFirst(actors, new OutcomeTable("missing", "overlaps", "who was first")),
        },

        // What a taken turn comes to when the mailbox stays busy for too long, which it hardly ever does here.
        new Scenario<TallyActor>("actor-await-help", "a turn that was queued waits with no owner; its sender fetches and awaits it, another helps")
        {
            NewState = static actors => TallyActor.New(actors),
            Prepare = static actor =>
            {
                actor.Renew();
                actor.QueueAwaited();
            },
            Acts = [static (actor, sender) => actor.Await(sender), static (actor, helper) => actor.Help(helper)],
            Judge = static actor => new(actor.Answer, actor.RunBy, actor.Overlaps),
            Settle = LocalDispatcher.RunAll,
            Stride = 256,
            Outcomes = static _ => new OutcomeTable("answer", "run by", "overlaps")
                .Acceptable(new(1, 0, 0), "the sender ran it itself")
                .Acceptable(new(1, 1, 0), "the helper ran it, and the sender had the answer when it was woken")
                .Forbidden(new(0, 1, 0), "the sender was woken before there was an answer"),
        },

        new Scenario<TallyActor>("actor-queue-post", "all queue or post, more than an owner runs in one batch")
        {
            NewState = static actors => TallyActor.New(actors, ticks: 70),
            Prepare = static actor => actor.Renew(),
            Acts =
            [
                static (actor, sender) =>
                {
                    for (var i = 0; i < 35; i++)
                    {
                        actor.TellQueued(new Tick(sender));
                        actor.Post(new Tick(sender));
                    }
                },
            ],
            Judge = static actor => new(actor.Missing, actor.Overlaps),
            Settle = LocalDispatcher.RunAll,
            Stride = 64,
            Outcomes = static _ => new OutcomeTable("missing", "overlaps").Acceptable(new(0, 0), "every message has run, one after the other"),
        },
    ];

    // The first sender is the last column.
    static OutcomeTable OneFirst(int actors, OutcomeTable table)
    {
        for (var actor = 0; actor < actors; actor++)
        {
            table.Acceptable(table.Columns.Count == 3 ? new(0, 0, actor) : new(0, 0, 0, actor), $"actor {actor} was first");
        }

        return table;
    }

    record struct Tick(int Sender, int Turn = 0);

    /// <summary>Counts its turns.</summary>
    sealed class TallyActor(ActorSystem system, int actors, int ticks) : Actor<Tick>(system)
    {
        readonly int[] _answers = new int[actors];
        AwaitedNode<Tick>? _awaited;
        int _inTurn;
        int _turns;

        [ThreadStatic]
        static int Me;

        public int FirstSender { get; private set; }

        public int Overlaps { get; private set; }

        public int RunBy { get; private set; }

        public int Answer => _answers[0];

        public int Missing => (actors * ticks) - _turns;

        /// <summary>Who asks is told the number of its turn: no two may hear the same.</summary>
        public int WrongAnswers => _answers.Length - _answers.Where(answer => answer > 0 && answer <= _turns).Distinct().Count();

        public static TallyActor New(int actors, int ticks = 1) =>
            new(new PoolRuntime { Dispatcher = LocalDispatcher.Instance }.System, actors, ticks);

        public void Renew()
        {
            (_turns, FirstSender, Overlaps) = (0, -1, 0);
            Array.Clear(_answers);
        }

        public void TakeTurn(int sender)
        {
            var tick = new Tick(sender);
            TakeTurn(ref tick);
            _answers[sender] = tick.Turn;
        }

        /// <summary>Leaves a message in the mailbox whose sender wants to know its answer.</summary>
        public void QueueAwaited() => Mailbox.Enqueue(_awaited = new AwaitedNode<Tick>(new Tick(0)));

        public void Await(int sender)
        {
            Help(sender);
            _answers[sender] = _awaited!.Wait().Turn;
        }

        public void Help(int helper)
        {
            Me = helper;
            Execute();
        }

        protected override void Receive(ref Tick message)
        {
            if (Interlocked.Increment(ref _inTurn) != 1)
            {
                Overlaps++;
            }

            if (_turns++ == 0)
            {
                FirstSender = message.Sender;
            }

            message.Turn = _turns;
            RunBy = Me;
            Interlocked.Decrement(ref _inTurn);
        }
    }
}
