using System.Diagnostics;
using ActorPool.TestKit;

namespace ActorPool.Benchmarks.Soak;

/// <summary>What befalls the connections through one proxy: a seeded sequence of bad spells with pauses between.</summary>
sealed class Weather(FaultProxy proxy, int seed)
{
    static readonly TimeSpan SpellMax = TimeSpan.FromMilliseconds(700);
    static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(400);

    readonly Random _dice = new(seed);
    readonly Dictionary<string, int> _spells = new(StringComparer.Ordinal);

    public FaultProxy Proxy => proxy;

    /// <summary>How many spells there were of each kind.</summary>
    public IReadOnlyDictionary<string, int> Spells => _spells;

    /// <summary>Blows for so long; afterwards the sky is clear.</summary>
    public async Task StormAsync(TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            while (Rest() > TimeSpan.Zero)
            {
                var spell = Spell.Any(_dice);
                _spells[spell.Name] = _spells.GetValueOrDefault(spell.Name) + 1;
                spell.Begin(proxy);
                await WaitAsync(SpellMax);
                proxy.Fault = Fault.None;
                await WaitAsync(PauseMax);
            }
        }
        finally
        {
            proxy.Fault = Fault.None;
        }

        TimeSpan Rest() => length - Stopwatch.GetElapsedTime(started);

        Task WaitAsync(TimeSpan most)
        {
            var wait = most * (0.1 + (0.9 * _dice.NextDouble()));
            var rest = Rest();
            return wait < rest ? Task.Delay(wait) : rest > TimeSpan.Zero ? Task.Delay(rest) : Task.CompletedTask;
        }
    }
}
