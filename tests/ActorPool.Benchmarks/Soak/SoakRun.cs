using System.Diagnostics;
using ActorPool.Benchmarks.Soak.Subjects;
using ActorPool.Benchmarks.Soak.Watching;

namespace ActorPool.Benchmarks.Soak;

/// <summary>
/// The course of a soak: storms, in which callers call, with a rest after each, in which every pool has to become whole and
/// idle again, so that what is counted then is the same each time unless something leaks.
/// </summary>
sealed class SoakRun
{
    const int Looks = 10;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    readonly SoakPlan _plan;
    readonly Surroundings _surroundings;
    readonly PoolRuntime _runtime = new();
    readonly Census _census;
    readonly Recorder _everySecond;
    readonly Recorder _atRest;
    readonly Recorder _drained;
    readonly List<double> _recoveries;
    readonly List<string> _violations = [];
    readonly Stopwatch _clock = new();

    SoakRun(SoakPlan plan, Surroundings surroundings)
    {
        _plan = plan;
        _surroundings = surroundings;
        _census = new Census(_runtime);
        _everySecond = new Recorder(_census.Gauges, (int)(plan.Length / SoakPlan.Period) + 10);
        _atRest = new Recorder(_census.Gauges, (int)(plan.Length / plan.Storm) + 1);
        _drained = new Recorder(_census.Gauges, 2);
        _recoveries = new List<double>((int)(plan.Length / plan.Storm) + 1);
    }

    public static async Task<SoakResult> RunAsync(SoakPlan plan, Surroundings surroundings) => await new SoakRun(plan, surroundings).RunAsync();

    async Task<SoakResult> RunAsync()
    {
        // Before the first count everything has happened once: what is made once and stays is no leak.
        using (var none = new PlantedLeak(LeakKind.None))
        {
            var rehearsal = SubjectList.Create(_surroundings, _runtime, none, _plan.Seed);
            await StormAsync(rehearsal, WarmUp);
            await RestAsync();
            await DrainAsync(rehearsal);
        }

        using var leak = new PlantedLeak(_plan.Leak);
        var subjects = SubjectList.Create(_surroundings, _runtime, leak, _plan.Seed);
        _clock.Start();
        using (var over = new CancellationTokenSource())
        {
            var watching = WatchAsync(over.Token);
            while (_clock.Elapsed < _plan.Length)
            {
                await StormAsync(subjects, _plan.Storm);
                var calm = _clock.Elapsed;
                await RestAsync();
                _recoveries.Add((_clock.Elapsed - calm).TotalSeconds);
                await CountAsync(_atRest);
            }

            await over.CancelAsync();
            await watching;
        }

        await DrainAsync(subjects);
        return new SoakResult(_census, subjects, _everySecond, _atRest, _drained, _recoveries, _violations);
    }

    async Task StormAsync(IReadOnlyList<Subject> subjects, TimeSpan length)
    {
        using var stop = new CancellationTokenSource();
        var calling = subjects.Select(subject => subject.CallAsync(stop.Token)).ToArray();
        await _surroundings.StormAsync(length);
        await stop.CancelAsync();
        await Task.WhenAll(calling);
    }

    /// <summary>Waits until every pool has its least number of connections, all of them idle, and nothing else is open.</summary>
    async Task RestAsync()
    {
        if (!await IsSoonAsync(() => _census.FindRestless() is null && _census.Connections == _surroundings.Connections))
        {
            _violations.Add(_census.FindRestless() is { } restless
                ? $"not at rest {SoakPlan.Patience.TotalSeconds} s after the weather has cleared: {restless}"
                : $"{_surroundings.Connections} sockets are open for {_census.Connections} connections");
        }
    }

    async Task DrainAsync(IReadOnlyList<Subject> subjects)
    {
        foreach (var subject in subjects)
        {
            await subject.DisposeAsync();
        }

        if (!await IsSoonAsync(() => _runtime.Pools.Count == 0 && _surroundings.Connections == 0))
        {
            _violations.Add($"drained, {_runtime.Pools.Count} pools are left and {_surroundings.Connections} sockets open");
        }

        await CountAsync(_drained);
    }

    async Task CountAsync(Recorder recorder)
    {
        _census.Collect(thoroughly: true);
        await AllIsStillAsync();
        recorder.Add(_clock.Elapsed.TotalSeconds);
    }

    async Task WatchAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(SoakPlan.Period);
        while (!over.IsCancellationRequested)
        {
            _census.Collect(thoroughly: false);
            _census.CountTimers(again: false);
            _everySecond.Add(_clock.Elapsed.TotalSeconds);
            if (_census.FindTooLarge() is { } pool)
            {
                _violations.Add($"more connections than allowed: {pool}");
            }

            try
            {
                await timer.WaitForNextTickAsync(over);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Servers and proxies close their ends after the pool has closed its own: waits until nobody does any more.</summary>
    async Task AllIsStillAsync()
    {
        var last = -1.0;
        var same = 0;
        _census.CountTimers(again: false);
        await IsSoonAsync(() =>
        {
            var now = _census.Handles.Read();
            same = now == last ? same + 1 : 0;
            last = now;
            _census.CountTimers(again: true);
            return same >= Looks;
        });
    }

    static async Task<bool> IsSoonAsync(Func<bool> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); !condition(); await Task.Delay(Look))
        {
            if (Stopwatch.GetElapsedTime(started) > SoakPlan.Patience)
            {
                return false;
            }
        }

        return true;
    }
}
