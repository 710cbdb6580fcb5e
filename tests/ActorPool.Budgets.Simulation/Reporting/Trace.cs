using System.Globalization;
using System.Text;

namespace ActorPool.Budgets.Simulation.Reporting;

/// <summary>What happened in one schedule, line by line. Has nothing in it that differs from run to run.</summary>
sealed class Trace
{
    readonly StringBuilder _text = new();

    public void Add(string line) => _text.AppendLine(line);

    public void Add(World world, string line) => _text.AppendLine(
        string.Create(CultureInfo.InvariantCulture, $"{(double)world.Now / TimeSpan.TicksPerMillisecond,12:0.0000} ms  {line}"));

    public override string ToString() => _text.ToString();
}
