using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorPool.Stress;

/// <summary>
/// Runs a scenario in batches: the threads share the preparing of some thousand states, meet, run through all the states
/// side by side, each as its own actor, meet, and share the judging.
/// </summary>
/// <remarks>
/// jcstress lets its actors run through the whole stride without looking at each other; with two cores that others use
/// too, one is soon far ahead. So they meet within the stride as well, before every state in some batches and rarely in
/// others: meeting brings them together, not meeting brings them there from different directions. Where meetings take
/// long, since others have the cores, there are fewer of them.
/// </remarks>
sealed class Crew<TState> : Crew
    where TState : class
{
    // An actor needs a microsecond or a few, meeting included, unless it had to wait for its core.
    const double SlowActUs = 10;
    const int PatientBatches = 8;

    readonly Scenario<TState> _scenario;
    readonly int _actors;
    readonly int[] _steps;
    readonly Offsets[] _offsets;
    readonly TState[] _states;
    readonly HashSet<Outcome> _known = [];
    long _sinceTicks = Stopwatch.GetTimestamp();
    int _patience;
    int _step;
    bool _isOver;

    public Crew(Scenario<TState> scenario, int actors, ulong seed, bool isCrowded)
        : base(actors, isCrowded)
    {
        _scenario = scenario;
        _actors = actors;

        // A meeting of many on few cores costs many switches of threads.
        _steps = actors > Environment.ProcessorCount ? [scenario.Stride / 8, scenario.Stride / 2] : [1, 1, 8, scenario.Stride];
        _offsets = [.. Enumerable.Range(1, actors).Select(actor => new Offsets(seed * 31 + (ulong)actor))];
        _states = [.. Enumerable.Range(0, scenario.Stride).Select(_ => scenario.NewState(actors))];
        _step = _steps[0];
    }

    protected override void Act(int actor, Func<IEnumerable<Outcome>, bool> goesOn)
    {
        // The first of the crew decides for all, between the last meeting of a batch and the first of the next.
        while (Rendezvous.Meet(actor) && !_isOver
            && Prepare(actor) && Rendezvous.Meet(actor)
            && Act(actor) && Rendezvous.Meet(actor)
            && Judge(actor) && Rendezvous.Meet(actor))
        {
            if (actor == 0)
            {
                CountRuns(_states.Length);
                _step = NextStep();
                _isOver = !goesOn(Tallies.SelectMany(tally => tally.Keys).Where(_known.Add));
            }
        }
    }

    // Slow meetings are tried again now and then: the cores may be free.
    int NextStep()
    {
        var isSlow = Stopwatch.GetElapsedTime(_sinceTicks).TotalMicroseconds > SlowActUs * _actors * _states.Length;
        _patience = isSlow ? PatientBatches : _patience - 1;
        _sinceTicks = Stopwatch.GetTimestamp();
        return _patience > 0 ? _states.Length : _offsets[0].Choose(_steps);
    }

    bool Prepare(int actor)
    {
        foreach (var state in Share(actor))
        {
            _scenario.Prepare(state);
            _scenario.Settle();
        }

        return true;
    }

    bool Act(int actor)
    {
        var (act, settle, offsets, mask) = (_scenario.ActOf(actor), _scenario.Settle, _offsets[actor], _step - 1);
        offsets.NextBatch();
        for (var i = 0; i < _states.Length; i++)
        {
            if ((i & mask) == 0 && !Rendezvous.Meet(actor))
            {
                return false;
            }

            offsets.Spend();
            act(_states[i], actor);
            settle();
        }

        return true;
    }

    bool Judge(int actor)
    {
        foreach (var state in Share(actor))
        {
            var outcome = _scenario.Judge(state);
            _scenario.Settle();
            CollectionsMarshal.GetValueRefOrAddDefault(Tallies[actor], outcome, out _)++;
        }

        return true;
    }

    Span<TState> Share(int actor) =>
        _states.AsSpan((_states.Length * actor / _actors)..(_states.Length * (actor + 1) / _actors));
}
