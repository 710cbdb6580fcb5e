using System.Data.Common;
using System.Text.RegularExpressions;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Http;
using ActorPool.Redis;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>hocon/reference.conf documents every option that text can say, no other, with its default.</summary>
public sealed partial class ReferenceConfTests
{
    const string File = "hocon/reference.conf";

    // Objects whose options are documented once, under their own name beside pools.
    static readonly string[] Shared = ["tls", "tcp", "directory"];

    [Fact]
    public void Every_option_is_documented_and_no_other()
    {
        string[] replicas = [.. ReplicaOptionTable<Stream>.Table.Keys];
        string[] expected =
        [
            .. PoolOptionTable.Table.Paths.Where(static path => path != "budget"),
            .. Section("hosting", HostingOptionTable.Table),
            .. Section("tls", TlsOptionTable.Table),
            .. Section("tcp", TcpEntryTable.Table, replicas),
            .. Section("replicas", ReplicaOptionTable<Stream>.Table),
            .. Section("directory", DirectoryOptionTable.Table),
            .. Section("redis", RedisEntryTable.Table, replicas),
            .. Section("http", HttpOptionTable.Table),
            .. Section("database", DatabaseEntryTable.Table, replicas),
        ];

        // those of budgets are told by who knows them
        Assert.Equal(expected.Order(), WrittenKeys().Where(static key => !key.StartsWith("budget.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Every_key_and_every_section_has_a_comment()
    {
        var lines = Repository.Read(File).Split('\n').Select(line => line.Trim()).ToArray();
        var comments = 0;
        foreach (var line in lines.SkipWhile(line => line != "actorpool {").Skip(1))
        {
            if (KeyLine().IsMatch(line))
            {
                Assert.True(comments == 1, $"{line} has {comments} lines of comment");
            }

            comments = line.StartsWith('#') ? comments + 1 : 0;
        }
    }

    [Fact]
    public void What_it_says_is_the_default_of_everything()
    {
        var configured = Configured.Hocon(Repository.Read(File) + """

            actorpool.pools {
              one { tcp { host = a, port = 7 } }
              group { tcp { endpoints = ["a:7"] } }
              cache { redis { } }
              web { http { } }
              many { database { provider = Npgsql, directory { } } }
            }
            """);

        Assert.Empty(configured.Lines);
        Same(new PoolOptions { Name = "one" }, configured.Pools["one"].Options);
        Same(new TcpConnectorOptions(), configured.Connector<TcpEntry>("one").Tcp);
        Same(new ReplicaGroupOptions<Stream> { Pool = new() { Name = "group" } }, configured.Connector<TcpEntry>("group").Replicas);
        Same(new RedisOptions(), configured.Connector<RedisEntry>("cache").Connection);
        var http = configured.Connector<HttpPoolOptions>("web");
        Same(new HttpPoolOptions { Pool = new() { Name = "web" } }, http);
        Same(new Data.DbConnectorOptions(), configured.Connector<DatabaseEntry>("many").Connector);
        Same(
            new PoolDirectoryOptions { Name = "many", Pool = new() { Name = "many" } },
            configured.Connector<DatabaseEntry>("many").Directory!);
    }

    [Fact]
    public void What_it_says_of_the_host_is_the_default()
    {
        var configuration = new ConfigurationBuilder().AddHoconString(Repository.Read(File)).Build();
        var (options, problems) = (new ActorPoolOptions { WarmUp = false, StartWait = TimeSpan.MaxValue, Reload = false }, new ConfigurationProblems(configuration));

        PoolsSection.ReadHosting(configuration.GetSection("actorpool"), options, problems);

        problems.ThrowIfAny();
        Same(new ActorPoolOptions(), options);
    }

    // Everything that has a value, through objects of options; providers, delegates and what is in collections by their number.
    static void Same(object expected, object actual, string path = "")
    {
        foreach (var property in expected.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && !property.GetMethod!.IsStatic))
        {
            var (left, right) = (property.GetValue(expected), property.GetValue(actual));
            var where = $"{path}{expected.GetType().Name}.{property.Name}";
            if (left is System.Collections.ICollection list)
            {
                Assert.True(list.Count == ((System.Collections.ICollection)right!).Count, where);
            }
            else if (left is ISet<System.Net.HttpStatusCode> codes)
            {
                Assert.True(codes.SetEquals((ISet<System.Net.HttpStatusCode>)right!), where);
            }
            else if (left is not null && left.GetType().IsClass && left is not string && left is not Delegate)
            {
                Same(left, right!, $"{where} ");
            }
            else
            {
                Assert.True(Equals(left, right), $"{where} is {right}, by default {left}");
            }
        }
    }

    static IEnumerable<string> Section<TOptions>(string name, OptionTable<TOptions> table, params string[] except) =>
        from path in table.Paths.Select(path => Shared.Contains(path.Split('.')[0]) ? path.Split('.')[0] : path).Distinct()
        where !except.Contains(path)
        select $"{name}.{path}";

    static List<string> WrittenKeys()
    {
        var (keys, sections) = (new List<string>(), new Stack<string>());
        foreach (var line in Repository.Read(File).Split('\n').Select(line => line.Trim()))
        {
            if (SectionLine().Match(line) is { Success: true } section)
            {
                sections.Push(section.Groups["key"].Value);
            }
            else if (KeyLine().Match(line) is { Success: true } key)
            {
                keys.Add(string.Join('.', sections.Reverse().Skip(1).Append(key.Groups["key"].Value)));
            }
            else if (line == "}")
            {
                sections.Pop();
            }
        }

        return keys;
    }

    [GeneratedRegex(@"^(?<key>[a-z0-9-]+) \{$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SectionLine();

    [GeneratedRegex(@"^(?<key>[a-z0-9-]+) = ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex KeyLine();
}
