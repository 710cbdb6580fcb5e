using System.Reflection;

namespace ActorPool.Tests.PublicApi;

/// <summary>The public surface of an assembly as it was meant: a text in the repository.</summary>
static class CommittedApi
{
    const string Accept = "ACTORPOOL_ACCEPT_API";

    /// <summary>Fails if the assembly's surface is another one; with <c>ACTORPOOL_ACCEPT_API=1</c> writes what it is instead.</summary>
    public static void Check(Assembly assembly, string file)
    {
        var actual = ApiText.LinesOf(assembly);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(file, string.Concat(actual.Select(line => line + "\n")));
        }

        var committed = File.Exists(file) ? File.ReadAllLines(file) : [];
        var difference = committed.Except(actual, StringComparer.Ordinal).Select(line => $"- {line}")
            .Concat(actual.Except(committed, StringComparer.Ordinal).Select(line => $"+ {line}"))
            .ToList();

        Assert.True(
            difference.Count == 0,
            $"""
            The public surface of {assembly.GetName().Name} is not what {Path.GetFileName(file)} beside its project says:

            {string.Join('\n', difference)}

            If that is meant, run the tests once with {Accept}=1 and commit the file with the change.
            """);
    }
}
