using System.Diagnostics;
using System.Globalization;
using ActorPool.Faults.Subjects;
using ActorPool.TestKit;

namespace ActorPool.Faults;

/// <summary>
/// One subject under one fault: callers ask all the time, the fault comes and goes, the pool has to be full and its books
/// right afterwards.
/// </summary>
sealed class Cell(Subject subject, FaultPlan plan)
{
    /// <summary>How long a caller waits for one answer; its call must have failed by then, and a little.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromMilliseconds(600);

    static readonly TimeSpan Before = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan During = TimeSpan.FromMilliseconds(700);
    static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(10);

    // beside what the machine itself is late
    static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    readonly CellResult _result = new();
    readonly string _run = Guid.NewGuid().ToString("N");
    int _questions;

    public async Task<CellResult> RunAsync()
    {
        await using var proxy = FaultProxy.Start("127.0.0.1", subject.Port);
        await using (var session = subject.Begin(proxy))
        {
            await FillAsync(session, "not full before the fault");
            using var stop = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Subject.Size + 4).Select(_ => CallAsync(session, stop.Token)).ToArray();
            using var end = new CancellationTokenSource();
            var lateness = MeasureLatenessAsync(end.Token);

            await Task.Delay(Before);
            proxy.Fault = plan.Fault;
            if (plan.Kills)
            {
                proxy.KillAll(plan.Orderly);
            }

            await Task.Delay(During);
            proxy.Fault = Fault.None;
            var over = Stopwatch.StartNew();
            await stop.CancelAsync();
            await RecoverAsync(session, over);
            await Task.WhenAll(callers);
            await end.CancelAsync();
            Audit(session.Snapshot(), proxy.Live, await lateness);
        }

        using var patience = new CancellationTokenSource(RecoveryLimit);
        try
        {
            await proxy.WaitUntilAsync(static proxy => proxy.Live == 0, patience.Token);
        }
        catch (OperationCanceledException)
        {
            _result.Violations.Add($"{proxy.Live} sockets are open although the pool is closed");
        }

        return _result;
    }

    async Task CallAsync(ISession session, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (!await AskAsync(session))
            {
                // as a service does; one that asks again at once would have a core to itself while calls fail at once
                await Task.Delay(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            }
        }
    }

    /// <summary>How late somebody is woken who waits for nothing but the clock: a call can be as late, whatever its pool does.</summary>
    static async Task<TimeSpan> MeasureLatenessAsync(CancellationToken end)
    {
        var longest = TimeSpan.Zero;
        while (!end.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            await Task.Delay(Tick, CancellationToken.None);
            longest = clock.Elapsed - Tick is var late && late > longest ? late : longest;
        }

        return longest;
    }

    /// <summary>One call, as long as it takes; true if its answer was the right one.</summary>
    async Task<bool> AskAsync(ISession session)
    {
        var question = string.Create(CultureInfo.InvariantCulture, $"q{_run}{Interlocked.Increment(ref _questions)}");
        using var timeout = new CancellationTokenSource(CallTimeout);
        var clock = Stopwatch.StartNew();
        try
        {
            var answer = await session.AskAsync(question, timeout.Token).AsTask().WaitAsync(RecoveryLimit);
            if (answer == question)
            {
                Interlocked.Increment(ref _result.Served);
                return true;
            }

            // what garbage looks like is not known to be anything
            if (answer.StartsWith($"q{_run}", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _result.Wrong);
            }
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _result.Failed);
            lock (_result)
            {
                _result.LongestFailure = clock.Elapsed > _result.LongestFailure ? clock.Elapsed : _result.LongestFailure;
            }
        }

        return false;
    }

    /// <summary>Full, and every one of its connections works.</summary>
    async Task RecoverAsync(ISession session, Stopwatch sinceFault)
    {
        do
        {
            await FillAsync(session, "not full again");
            var served = await Task.WhenAll(Enumerable.Range(0, Subject.Size).Select(_ => AskAsync(session)));
            if (served.All(static one => one))
            {
                await FillAsync(session, "not full after everybody was served");
                _result.Recovery = sinceFault.Elapsed;
                return;
            }
        }
        while (sinceFault.Elapsed < RecoveryLimit);
        _result.Violations.Add($"not every connection works {RecoveryLimit.TotalSeconds} s after the fault: {session.Snapshot()}");
    }

    async Task FillAsync(ISession session, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (session.Snapshot() is var now && !(now.Idle == Subject.Size && now.Health == PoolHealth.Healthy))
        {
            if (clock.Elapsed > RecoveryLimit)
            {
                _result.Violations.Add($"{otherwise} within {RecoveryLimit.TotalSeconds} s: {now}");
                return;
            }

            await Task.Delay(1);
        }
    }

    void Audit(PoolSnapshot snapshot, int sockets, TimeSpan lateness)
    {
        if (snapshot.Leased != 0 || snapshot.Waiting != 0 || snapshot.Size > Subject.Size)
        {
            _result.Violations.Add($"the books are wrong: {snapshot}");
        }

        // a probe that goes on may end in a connection being replaced: both are open for a moment
        if (sockets < snapshot.Idle)
        {
            _result.Violations.Add($"{snapshot.Idle} connections are idle, and {sockets} sockets open");
        }

        if (_result.Wrong > 0)
        {
            _result.Violations.Add($"{_result.Wrong} calls were given another call's answer");
        }

        if (_result.LongestFailure > CallTimeout + subject.CancelsWithin + Slack + lateness)
        {
            _result.Violations.Add($"a call took {_result.LongestFailure.TotalMilliseconds:F0} ms to fail, with {CallTimeout.TotalMilliseconds} ms to wait, on a machine that was {lateness.TotalMilliseconds:F0} ms late");
        }

        if (_result.Served == 0)
        {
            _result.Violations.Add("nobody was served at all");
        }
    }
}
