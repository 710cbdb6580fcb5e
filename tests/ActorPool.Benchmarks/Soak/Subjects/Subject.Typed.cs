namespace ActorPool.Benchmarks.Soak.Subjects;

/// <summary>Pools of one type of connection.</summary>
/// <param name="name">What it is called in the report.</param>
/// <param name="callers">How many call at once.</param>
/// <param name="owner">What is drained in the end.</param>
/// <param name="choose">The pool for the next call, the dice say which.</param>
/// <param name="ask">Asks the server for a text over a connection.</param>
/// <param name="leak">What goes wrong on purpose.</param>
/// <param name="seed">Of everything that its callers do.</param>
sealed class Subject<TConnection>(
    string name,
    int callers,
    IAsyncDisposable owner,
    Func<Random, IConnectionPool<TConnection>> choose,
    Func<TConnection, string, CancellationToken, ValueTask<string>> ask,
    PlantedLeak leak,
    int seed) : Subject(name, callers)
    where TConnection : class
{
    static readonly TimeSpan OperationPause = TimeSpan.FromMilliseconds(400);

    readonly Random _dice = new(seed);
    readonly int[] _seeds = [.. Enumerable.Range(0, callers).Select(number => seed + 1 + number)];
    Caller<TConnection>[]? _callers;

    public override Task CallAsync(CancellationToken stop)
    {
        _callers ??= [.. _seeds.Select(one => new Caller<TConnection>(choose, ask, Tally, leak, one))];
        return Task.WhenAll([.. _callers.Select(caller => Task.Run(() => caller.RunAsync(stop), CancellationToken.None)), OperateAsync(stop)]);
    }

    public override ValueTask DisposeAsync() => owner.DisposeAsync();

    /// <summary>What an operator does meanwhile: evicts, warms up, pauses and resumes.</summary>
    async Task OperateAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(OperationPause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var pool = choose(_dice);
                switch (_dice.Next(4))
                {
                    case 0:
                        await pool.EvictAsync(EvictMode.Soft);
                        break;
                    case 1:
                        await pool.EvictAsync(EvictMode.Hard);
                        break;
                    case 2:
                        await pool.WarmUpAsync(cancellationToken: stop);
                        break;
                    default:
                        await pool.PauseAsync();
                        await pool.ResumeAsync();
                        break;
                }
            }
            catch (Exception error) when (error is PoolException or OperationCanceledException)
            {
                // put out, or nothing could be opened: the weather
            }
        }
    }
}
