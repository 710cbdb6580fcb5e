using System.Text.RegularExpressions;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;

namespace ActorPool.Budgets.Configuration;

/// <summary>An engine or a fence with a class of options: what is said of all, then what the budget's own object says.</summary>
abstract partial class OptionsPart<TPart, TOptions> : IBudgetPart<TPart>
    where TOptions : new()
{
    public Func<IServiceProvider, IGrantStore?, TPart> Read(PartPlace place, ConfigurationProblems problems)
    {
        var options = new TOptions();
        var reading = new OptionReading(problems, place.ActorPool);
        var before = problems.All.Count;
        Begin(options, reading);
        Table.Read(place.Defaults, options, reading);
        if (place.Section.Path != place.Defaults.Path)
        {
            Table.Read(place.Section, options, reading);
        }

        try
        {
            Check(options);
        }
        catch (ArgumentException error)
        {
            // the options' class has listed all problems, without secrets; those of what was not read have been told
            if (problems.All.Count == before)
            {
                OptionRules.Add([Problem().Match(error.Message).Groups["problems"].Value], reading, place.Section.Path);
            }
        }

        return (provider, store) => Make(options, provider, store);
    }

    /// <summary>Sets what other objects say for all of a kind.</summary>
    protected virtual void Begin(TOptions options, OptionReading reading)
    {
    }

    /// <summary>The options as text says them.</summary>
    protected abstract OptionTable<TOptions> Table { get; }

    /// <exception cref="ArgumentException">The options make no sense: all problems are listed.</exception>
    protected abstract void Check(TOptions options);

    /// <summary>Makes it.</summary>
    protected abstract TPart Make(TOptions options, IServiceProvider provider, IGrantStore? store);

    [GeneratedRegex(@"^(\w+ cannot be used: )?(?<problems>.*?)\.?( \(Parameter '\w+'\))?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Problem();
}
