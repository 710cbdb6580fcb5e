using System.Globalization;
using System.Text;
using ActorPool.Endpoints;

namespace ActorPool.Simulation;

/// <summary>What happened in one schedule, line by line. Has nothing in it that differs from run to run.</summary>
sealed class Trace
{
    readonly StringBuilder _text = new();

    public World? World { get; set; }

    public void Add(string line) => _text.AppendLine(line);

    /// <summary>A step begins.</summary>
    public void Begin(int step, string what) => _text.AppendLine(
        string.Create(CultureInfo.InvariantCulture, $"{step,5}  {World!.NowMs,5} ms  {what}"));

    /// <summary>A slot has changed.</summary>
    public void Moved(PoolSubject pool, Slot slot, SlotTransition transition) =>
        Add($"    {pool.Name} slot {slot.Index}, connection {slot.ConnectionId}: {transition.Happened} → {transition.State}");

    public override string ToString() => _text.ToString();
}
