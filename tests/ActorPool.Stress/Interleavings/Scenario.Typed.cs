namespace ActorPool.Stress;

/// <summary>A scenario, whose parts are delegates so that it fits on a few lines.</summary>
/// <typeparam name="TState">What its actors race for. Used again for later runs, so that a run allocates little.</typeparam>
sealed class Scenario<TState>(string name, string about) : Scenario(name, about)
    where TState : class
{
    /// <summary>Makes a state for so many actors.</summary>
    public required Func<int, TState> NewState { get; init; }

    /// <summary>Makes a state as good as new. One thread, before its actors come.</summary>
    public required Action<TState> Prepare { get; init; }

    /// <summary>What each actor does. One entry, if it is for any number of actors.</summary>
    public required Action<TState, int>[] Acts { get; init; }

    /// <summary>Looks at what has come of it. One thread, when its actors have gone.</summary>
    public required Func<TState, Outcome> Judge { get; init; }

    /// <summary>What every thread does after each of the above: work that it has caused and that has no thread of its own.</summary>
    public Action Settle { get; init; } = static () => { };

    /// <summary>How many states the actors run through between two barriers of all.</summary>
    public int Stride { get; init; } = 1024;

    public override int Actors => Acts.Length == 1 ? 0 : Acts.Length;

    public override Crew NewCrew(int actors, ulong seed, bool isCrowded) => new Crew<TState>(this, actors, seed, isCrowded);

    public Action<TState, int> ActOf(int actor) => Acts[Acts.Length == 1 ? 0 : actor];
}
