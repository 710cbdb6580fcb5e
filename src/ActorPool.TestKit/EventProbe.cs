namespace ActorPool.TestKit;

/// <summary>
/// Hears the events of a pool (<see cref="IConnectionPool.Subscribe"/>), so that a test can expect some, in virtual time. It
/// reads them in order: an event that was expected, and all before it, are not found again. Not to be confused with a
/// connector's probe. Made by <see cref="VirtualRuntime.Listen"/>; several may listen to one pool.
/// </summary>
public sealed class EventProbe : IDisposable
{
    readonly VirtualRuntime _runtime;
    readonly IConnectionPool _pool;
    readonly IDisposable _subscription;
    readonly List<(TimeSpan At, PoolEvent Happened)> _heard = [];
    int _read;

    internal EventProbe(VirtualRuntime runtime, IConnectionPool pool)
    {
        _runtime = runtime;
        _pool = pool;
        _subscription = pool.Subscribe(happened => _heard.Add((runtime.Time.Elapsed, happened)));
    }

    /// <summary>Every event since the probe was made, in order, whether it was expected or not.</summary>
    public IReadOnlyList<PoolEvent> Heard => _heard.ConvertAll(heard => heard.Happened);

    /// <summary>
    /// The next event of a type: one that has come already, or the first that comes while virtual time goes on. Events of other
    /// types before it are passed over.
    /// </summary>
    /// <typeparam name="TEvent">The type; <see cref="PoolEvent"/> for whatever comes.</typeparam>
    /// <param name="within">The limit, in virtual time; not negative. Null is one minute. Zero: without the clock moving.</param>
    /// <exception cref="ExpectationException">It has not come in time; the message lists what came instead.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public TEvent Expect<TEvent>(TimeSpan? within = null)
        where TEvent : PoolEvent => Expect<TEvent>(static _ => true, within);

    /// <summary>The next event of a type that meets a condition; all others before it are passed over.</summary>
    /// <typeparam name="TEvent">The type; <see cref="PoolEvent"/> for whatever comes.</typeparam>
    /// <param name="condition">The condition; asked once for every event of the type.</param>
    /// <param name="within">The limit, in virtual time; not negative. Null is one minute. Zero: without the clock moving.</param>
    /// <exception cref="ExpectationException">It has not come in time; the message lists what came instead.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public TEvent Expect<TEvent>(Func<TEvent, bool> condition, TimeSpan? within = null)
        where TEvent : PoolEvent
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = VirtualRuntime.LimitOf(within);
        var first = _read;
        TEvent? expected = null;
        bool Found()
        {
            while (expected is null && _read < _heard.Count)
            {
                expected = _heard[_read++].Happened is TEvent candidate && condition(candidate) ? candidate : null;
            }

            return expected is not null;
        }

        return _runtime.Drive(Found, limit)
            ? expected!
            : throw new ExpectationException(
                $"Pool '{_pool.Name}' has told of no {typeof(TEvent).Name} as expected within {VirtualRuntime.Seconds(limit)} of virtual time. "
                + $"It has told of{Tell(first)}\n{_runtime.Pending()}");
    }

    /// <summary>Lets virtual time go on and expects no event of a type: none that comes, and none that has come since the last expected one.</summary>
    /// <typeparam name="TEvent">The type; <see cref="PoolEvent"/> for none at all.</typeparam>
    /// <param name="during">How far the clock moves; not negative. Null is zero: it does not move.</param>
    /// <exception cref="ExpectationException">Such an event has come; the message lists all, and the clock stands where it came.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void ExpectNone<TEvent>(TimeSpan? during = null)
        where TEvent : PoolEvent
    {
        var time = VirtualRuntime.LimitOf(during ?? TimeSpan.Zero);
        if (_runtime.Drive(() => _heard.FindIndex(_read, heard => heard.Happened is TEvent) >= 0, time))
        {
            throw new ExpectationException(
                $"Pool '{_pool.Name}' has told of a {typeof(TEvent).Name}, of which none was expected for {VirtualRuntime.Seconds(time)} of virtual time. "
                + $"It has told of{Tell(_read)}\n{_runtime.Pending()}");
        }
    }

    /// <summary>Hears no more.</summary>
    public void Dispose() => _subscription.Dispose();

    string Tell(int first) => first == _heard.Count
        ? " nothing."
        : ":" + string.Concat(_heard.Skip(first).Select(heard => $"\n  at {VirtualRuntime.Seconds(heard.At)}: {EventText.Of(heard.Happened)}"));
}
