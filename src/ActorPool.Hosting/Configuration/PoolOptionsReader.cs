using ActorPool.Hosting.Configuration.Tables;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads the options of a pool.</summary>
static class PoolOptionsReader
{
    /// <summary>Sets what a section says; what it does not say keeps its value. Then checks the whole.</summary>
    /// <param name="section">A pool's object, or the defaults of all.</param>
    /// <param name="options">What to set.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="others">What else may be in the section, and is read by others.</param>
    public static void Read(
        IConfigurationSection section, PoolOptions options, ConfigurationProblems problems, IReadOnlyCollection<string>? others = null)
    {
        var reading = new OptionReading(problems);
        PoolOptionTable.Table.Read(section, options, reading, others);
        Check(section, options, reading);
    }

    /// <summary>Adds what is out of range or contradicts itself.</summary>
    public static void Check(IConfigurationSection section, PoolOptions options, OptionReading reading) =>
        OptionRules.Add(options.FindProblems(), reading, section.Path);
}
