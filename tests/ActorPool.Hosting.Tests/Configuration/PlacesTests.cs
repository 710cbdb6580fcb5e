using System.Text;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Places;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>A problem says where its key is written.</summary>
public sealed class PlacesTests : IDisposable
{
    const string Wrong = "is \"many\": a whole number is expected";

    readonly string _folder = Directory.CreateTempSubdirectory("actorpool-places-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void In_a_JSON_file_it_is_the_line_and_the_column()
    {
        Write("appsettings.json", """
            {
              // comments and trailing commas are allowed, as everywhere in configuration
              "actorpool": {
                "pools": {
                  "cache": { "redis": { }, "max-size": "many" },
                },
              },
            }
            """);

        Assert.Equal([$"appsettings.json:5:32: actorpool:pools:cache:max-size {Wrong}"], Lines(builder => builder.AddJsonFile("appsettings.json")));
    }

    [Fact]
    public void Of_what_is_missing_it_is_what_it_should_be_in()
    {
        Write("appsettings.json", """
            { "actorpool": { "pools": {
              "a": { "tcp": { } },
              "b": { "max-size": 4 } } } }
            """);

        Assert.Equal(
            ["appsettings.json:3:3", "appsettings.json:2:10"],
            Lines(builder => builder.AddJsonFile("appsettings.json")).Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Of_a_contradiction_with_a_default_it_is_what_is_written()
    {
        Write("appsettings.json", """
            { "actorpool": {
              "max-size": 4,
              "pools": { "a": { "http": { "retry": { "delay": "11s" } } } } } }
            """);

        Assert.Equal(
            ["appsettings.json:3:42: actorpool:pools:a:http:retry:max-delay is 10s, must be retry.delay (11s) to 1 day"],
            Lines(builder => builder.AddJsonFile("appsettings.json")));
    }

    [Fact]
    public void The_last_source_that_has_the_key_is_told()
    {
        Write("appsettings.json", """{ "actorpool": { "max-size": "many" } }""");
        Write("appsettings.Development.json", "\n" + """{ "actorpool": { "max-size": "many" } }""");

        Assert.Equal(
            [$"appsettings.Development.json:2:18: actorpool:max-size {Wrong}"],
            Lines(builder => builder.AddJsonFile("appsettings.json").AddJsonFile("appsettings.Development.json")));
    }

    [Fact]
    public void An_environment_variable_and_an_argument_are_told_by_name()
    {
        Environment.SetEnvironmentVariable("PLACESTESTS_ACTORPOOL__MAXSIZE", "many");

        Assert.Equal(
            [$"environment variable PLACESTESTS_ACTORPOOL__MAXSIZE: actorpool:MAXSIZE {Wrong}"],
            Lines(builder => builder.AddEnvironmentVariables("PLACESTESTS_")));
        Assert.Equal(
            [$"command line --actorpool:max-size: actorpool:max-size {Wrong}"],
            Lines(builder => builder.AddCommandLine(["--actorpool:max-size=many"])));
    }

    [Fact]
    public void An_environment_variable_overrides_a_file_s_spelling_of_the_same_option()
    {
        Write("appsettings.json", """{ "actorpool": { "max-size": 4, "reconnect-backoff": { "max": "1s", "initial": "1ms" }, "pools": { "a": { "redis": { } } } } }""");
        Environment.SetEnvironmentVariable("PLACESTESTS2_ACTORPOOL__MAXSIZE", "64");
        Environment.SetEnvironmentVariable("PLACESTESTS2_ACTORPOOL__RECONNECTBACKOFF__MAX", "2s");

        var configured = Read(builder => builder.AddJsonFile("appsettings.json").AddEnvironmentVariables("PLACESTESTS2_"));

        Assert.Empty(configured.Lines);
        var options = configured.Pools["a"].Options;
        Assert.Equal((64, 2, 1), (options.MaxSize, options.ReconnectBackoff.Max.Seconds, options.ReconnectBackoff.Initial.Milliseconds));
    }

    [Fact]
    public void Two_spellings_in_one_source_are_a_problem()
    {
        Write("appsettings.json", """{ "actorpool": { "max-size": 4, "MaxSize": 5 } }""");

        Assert.Matches(
            "^appsettings.json:1:\\d+: actorpool:(max-size is given twice, also as MaxSize|MaxSize is given twice, also as max-size)$",
            Assert.Single(Lines(builder => builder.AddJsonFile("appsettings.json"))));
    }

    [Fact]
    public void Configuration_within_configuration_is_looked_into()
    {
        Write("inner.json", "\n\n" + """{ "service": { "actorpool": { "max-size": "many" } } }""");
        var inner = Build(builder => builder.AddJsonFile("inner.json"));

        Assert.Equal(
            [$"inner.json:3:31: actorpool:max-size {Wrong}"],
            Lines(builder => builder.AddConfiguration(inner.GetSection("service"))));
        Assert.Equal(
            [$"inner.json:3:31: service:actorpool:max-size {Wrong}"],
            Problems(Build(builder => builder.AddConfiguration(inner)).GetSection("service:actorpool")));
    }

    [Fact]
    public void A_section_alone_knows_its_places()
    {
        Write("appsettings.json", """{ "actorpool": { "max-size": "many" } }""");
        var section = Build(builder => builder.AddJsonFile("appsettings.json")).GetSection("actorpool");

        Assert.Equal([$"appsettings.json:1:18: actorpool:max-size {Wrong}"], Problems(section));
    }

    [Fact]
    public void A_file_that_has_gone_is_told_without_a_line()
    {
        Write("appsettings.json", """{ "actorpool": { "max-size": "many" } }""");
        var configuration = Build(builder => builder.AddJsonFile("appsettings.json"));
        File.Delete(Path.Combine(_folder, "appsettings.json"));

        Assert.Equal([$"appsettings.json: actorpool:max-size {Wrong}"], Problems(configuration.GetSection("actorpool")));
    }

    [Fact]
    public void Memory_has_no_places() => Assert.Equal(
        [$"actorpool:max-size {Wrong}"],
        Lines(builder => builder.AddInMemoryCollection([KeyValuePair.Create("actorpool:max-size", (string?)"many")])));

    [Theory]
    [InlineData("a", 1, 3)]
    [InlineData("A", 1, 3)]
    [InlineData("b", 2, 2)]
    [InlineData("b:0", 2, 9)]
    [InlineData("b:1", 3, 3)]
    [InlineData("b:1:c", 3, 5)]
    [InlineData("b:2:0", 4, 5)]
    [InlineData("é:d:e", 5, 19)]
    [InlineData("last", 6, 2)]
    public void Every_key_of_a_JSON_text_has_its_place(string key, int line, int column)
    {
        const string Text = "{ \"a\": 1,\n \"b\": [ 1,\n  { \"c\": null },\n  [ true ] ],\n /* ü */ \"é:d\": { \"e\": \"x\" },\n \"last\": {} }";

        var places = JsonPlaces.Parse([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]);

        Assert.Equal((line, column), places.Find(key));
    }

    string[] Lines(Action<IConfigurationBuilder> add) => Read(add).Lines;

    Configured Read(Action<IConfigurationBuilder> add) => Configured.Read(Build(add));

    static string[] Problems(IConfigurationSection section)
    {
        var problems = new ConfigurationProblems(section);
        PoolsSection.Read(section, ConnectorNames.All, problems);
        return [.. problems.All.Select(problem => problem.ToString())];
    }

    IConfigurationRoot Build(Action<IConfigurationBuilder> add)
    {
        var builder = new ConfigurationBuilder().SetBasePath(_folder);
        add(builder);
        return builder.Build();
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
