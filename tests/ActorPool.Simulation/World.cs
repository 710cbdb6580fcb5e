using System.Globalization;
using ActorPool.Actors;
using ActorPool.Simulation.Network;
using ActorPool.TestKit;

namespace ActorPool.Simulation;

/// <summary>
/// Everything that one schedule is about: the clock, the work that waits, the network, and the pools on trial. One thread,
/// one source of choices: the same schedule lives the same life, to the last byte of its trace.
/// </summary>
sealed class World
{
    /// <summary>What kind of world it is has a stream of its own: more kinds leave the others' seeds as they are.</summary>
    const int KindOfWorld = -1;

    int _credentials;

    public World(Schedule schedule, Trace? trace)
    {
        Schedule = schedule;
        Trace = trace;
        Choices = new Choices(schedule.Seed);
        Choices.Begin(KindOfWorld);
        var isGroup = Choices.OneIn(5);
        Choices.Begin(0);
        if (trace is not null)
        {
            trace.World = this;
        }

        IsHarsh = Choices.OneIn(3);
        Network = new SimulatedNetwork(Choices, () => NowMs, trace) { Weather = Weather.Draw(Choices, IsHarsh) };
        Runtime = new PoolRuntime
        {
            TimeProvider = Time,
            Dispatcher = Dispatcher,
            Random = new SeededRandom(schedule.Seed),
            SendersWait = false,
        };
        Runtime.System.Events.Subscribe(Happened);
        if (isGroup)
        {
            Group = new GroupSubject(this);
            return;
        }

        var pools = Choices.OneIn(4) ? 2 : 1;
        Budget = pools > 1 || Choices.OneIn(6) ? new ConnectionBudget(1 + Choices.Next(4), Runtime) : null;
        for (var pool = 0; pool < pools; pool++)
        {
            var server = new SimulatedServer($"server{pool + 1}");
            Network.Servers.Add(server);
            Pools.Add(new PoolSubject(this, $"pool{pool + 1}", server, Budget));
        }
    }

    public Schedule Schedule { get; }

    /// <summary>Null: nobody reads it, and nothing is written.</summary>
    public Trace? Trace { get; }

    public Choices Choices { get; }

    public VirtualTime Time { get; } = new();

    public SimulatedDispatcher Dispatcher { get; } = new();

    public PoolRuntime Runtime { get; }

    public SimulatedNetwork Network { get; }

    public List<PoolSubject> Pools { get; } = [];

    /// <summary>The replica group on trial; null in a world of single pools.</summary>
    public GroupSubject? Group { get; }

    public ConnectionBudget? Budget { get; }

    /// <summary>Whether connectors may ignore that they are given up: then a pool may go on without a connection that is still there.</summary>
    public bool IsHarsh { get; }

    /// <summary>Whose turn we are in the middle of. Nobody may wait for a turn of theirs.</summary>
    public List<Actor> Busy { get; } = [];

    /// <summary>How many threads are in the middle of something.</summary>
    public int Depth { get; set; }

    /// <summary>The first promise that was broken; null while none is.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>Whether nothing new goes wrong any more.</summary>
    public bool HasCleared { get; set; }

    /// <summary>How much time has passed in leaps, with timers late.</summary>
    public long LeaptMs { get; set; }

    /// <summary>How many calls have been made.</summary>
    public int Calls { get; set; }

    public long NowMs => Time.GetTimestamp() / TimeSpan.TicksPerMillisecond;

    /// <summary>Takes note that a promise was broken.</summary>
    public void Report(string check, string message)
    {
        if (Violation is null)
        {
            Violation = new Violation(check, message);
            Trace?.Add($"*** {Violation}");
        }
    }

    /// <summary>Whether somebody may wait for a turn of this actor's.</summary>
    public bool MayWaitFor(Actor actor) => !Busy.Contains(actor) && Peek.Mode(actor) != ActorMode.Suspended;

    public void RotateCredentials() => _credentials++;

    public ValueTask<Credentials> AskCredentials(Endpoint? endpoint, CancellationToken cancellationToken) => ValueTask.FromResult(
        new Credentials("user", _credentials.ToString(CultureInfo.InvariantCulture), Time.GetUtcNow() + TimeSpan.FromMilliseconds(20)));

    void Happened(object happened)
    {
        if (happened is ActorFailed failed)
        {
            Report("TurnsSucceed", $"a turn of {failed.Actor} threw {failed.Error.GetType().Name}: {failed.Error.Message}");
            Trace?.Add($"{failed.Error}");
        }
        else if (Group is not null)
        {
            Trace?.Add($"    {GroupEventText.Of(happened)}");
        }
    }
}
