using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace ActorPool.Hosting.Pools;

/// <summary>Reads <c>actorpool { hosting { … } }</c>.</summary>
sealed class HostingSection(PoolTable table) : IConfigureOptions<ActorPoolOptions>
{
    public void Configure(ActorPoolOptions options)
    {
        if (table.Section is not { } section)
        {
            return;
        }

        var problems = new ConfigurationProblems(section);
        PoolsSection.ReadHosting(section, options, problems);
        problems.ThrowIfAny();
    }
}
