using ActorPool.Budgets.Postgres;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Hosting.Configuration.Values;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Configuration;

/// <summary><c>fence = postgres</c>, at the engine's server, on the engine's connection; <c>fence { postgres { connection-string = … } }</c> at another.</summary>
sealed class PostgresFencePart : IBudgetPart<IGrantFence>
{
    static readonly OptionTable<Place> Options = new OptionTable<Place>("the fence postgres")
        .Value(nameof(Place.ConnectionString), ValueKinds.ConnectionString, static (place, value) => place.ConnectionString = value);

    public Func<IServiceProvider, IGrantStore?, IGrantFence> Read(PartPlace place, ConfigurationProblems problems)
    {
        var where = new Place();
        Options.Read(place.Section, where, new OptionReading(problems));
        if (where.ConnectionString is { } connectionString)
        {
            Check(connectionString, $"{place.Section.Path}:connection-string", problems);
            return (provider, _) => new PostgresGrantFence(connectionString, provider.GetRequiredService<PoolRuntime>());
        }

        if (!place.Section.GetChildren().Any() && !string.Equals(place.Budget.Engine, PostgresPart.Name, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(
                place.Budget.Fence!.Path,
                "does not say at which server, and the engine is no PostgreSQL: fence { postgres { connection-string = … } } is needed");
        }

        return static (provider, store) => new PostgresGrantFence((PostgresGrantStore)store!, provider.GetRequiredService<PoolRuntime>());
    }

    static void Check(string connectionString, string key, ConfigurationProblems problems)
    {
        try
        {
            PostgresTarget.Parse(connectionString, "actorpool-fence", nameof(connectionString));
        }
        catch (ArgumentException)
        {
            problems.Add(key, "is none that Npgsql understands, or names no Host");
        }
    }

    sealed class Place
    {
        public string? ConnectionString { get; set; }
    }
}
