using ActorPool.Hosting.Configuration;

namespace ActorPool.Budgets.Configuration;

/// <summary><c>engine = memory</c>: a budget within this process, to try one out.</summary>
sealed class MemoryPart : IBudgetPart<IGrantStore>
{
    public const string Name = "memory";

    public Func<IServiceProvider, IGrantStore?, IGrantStore> Read(PartPlace place, ConfigurationProblems problems)
    {
        foreach (var option in place.Section.GetChildren())
        {
            problems.Add(option.Path, "is no option of memory: it has none");
        }

        return static (_, _) => new InMemoryGrantStore();
    }
}
