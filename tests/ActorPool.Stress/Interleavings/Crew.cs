namespace ActorPool.Stress;

/// <summary>The threads that run one scenario on states of their own, over and over; see <see cref="Crew{TState}"/>.</summary>
abstract class Crew(int actors, bool isCrowded)
{
    Thread[] _threads = [];
    long _runs;

    protected Rendezvous Rendezvous { get; } = new(actors, isCrowded);

    /// <summary>How often each outcome was seen, by each of the threads.</summary>
    protected Dictionary<Outcome, long>[] Tallies { get; } = [.. Enumerable.Range(0, actors).Select(_ => new Dictionary<Outcome, long>())];

    /// <summary>What a thread threw; null so far.</summary>
    public Exception? Error { get; private set; }

    /// <summary>How many runs are over and judged.</summary>
    public long Runs => Volatile.Read(ref _runs);

    /// <summary>The counts. Only when the threads have ended.</summary>
    public IEnumerable<KeyValuePair<Outcome, long>> Counts => Tallies.SelectMany(tally => tally);

    /// <summary>Starts the threads.</summary>
    /// <param name="goesOn">Asked after each batch, with what it has newly seen; until it says no.</param>
    public void Start(Func<IEnumerable<Outcome>, bool> goesOn)
    {
        _threads = [.. Enumerable.Range(0, actors).Select(actor => new Thread(() => Run(actor, goesOn), maxStackSize: 512 * 1024) { IsBackground = true })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Waits for the threads to end. False if they do not.</summary>
    public bool Join(TimeSpan patience)
    {
        foreach (var thread in _threads)
        {
            if (!thread.Join(patience))
            {
                Rendezvous.CallOff();
                return false;
            }
        }

        return true;
    }

    protected abstract void Act(int actor, Func<IEnumerable<Outcome>, bool> goesOn);

    protected void CountRuns(int count) => Volatile.Write(ref _runs, _runs + count);

    void Run(int actor, Func<IEnumerable<Outcome>, bool> goesOn)
    {
        try
        {
            Cores.Pin(actor);
            Act(actor, goesOn);
        }
#pragma warning disable CA1031 // whatever it is, it belongs to the outcome
        catch (Exception error)
#pragma warning restore CA1031
        {
            Error = error;
            Rendezvous.CallOff();
        }
    }
}
