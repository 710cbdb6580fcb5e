using System.Globalization;
using System.Reflection;
using ActorPool.Data;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Http;
using ActorPool.Redis;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>The tables know every property of the options classes: no new option can be forgotten, and none sets another.</summary>
public sealed class OptionTablesTests
{
    // Not in the tables of their classes: what a reader puts together itself.
    static readonly Dictionary<Type, string[]> PutTogether = new()
    {
        [typeof(RedisPoolOptions)] = [nameof(RedisPoolOptions.Connection), nameof(RedisPoolOptions.Pool)],
        [typeof(DatabaseDirectoryOptions)] =
            [nameof(DatabaseDirectoryOptions.Directory), nameof(DatabaseDirectoryOptions.ConnectionString), nameof(DatabaseDirectoryOptions.Connector)],
    };

    [Fact]
    public void Every_property_is_in_its_table_as_text_or_with_the_reason_why_it_is_not()
    {
        Compare(PoolOptionTable.Table);
        Compare(BackoffOptionTable.Table);
        Compare(RetryOptionTable.Table);
        Compare(ReplicaOptionTable<Stream>.Table);
        Compare(DirectoryOptionTable.Table);
        Compare(TlsOptionTable.Table);
        Compare(TcpOptionTable.Table);
        Compare(RedisOptionTable.Table);
        Compare(HttpOptionTable.Table);
        Compare(HttpOptionTable.Retry);
        Compare(DbConnectorOptionTable.Table);
        Compare(HostingOptionTable.Table);
        Compare(LoginOptionTable.Table);
        Assert.All(PutTogether, known => Assert.Equal(PropertiesOf(known.Key), known.Value));
    }

    [Fact]
    public void Every_option_sets_its_own_property_and_no_other()
    {
        var count = SetEach(PoolOptionTable.Table) + SetEach(BackoffOptionTable.Table) + SetEach(RetryOptionTable.Table)
            + SetEach(ReplicaOptionTable<Stream>.Table) + SetEach(DirectoryOptionTable.Table) + SetEach(TlsOptionTable.Table)
            + SetEach(TcpOptionTable.Table) + SetEach(RedisOptionTable.Table) + SetEach(HttpOptionTable.Table)
            + SetEach(HttpOptionTable.Retry) + SetEach(DbConnectorOptionTable.Table) + SetEach(HostingOptionTable.Table) + SetEach(LoginOptionTable.Table);

        Assert.True(count > 90, $"only {count} options were tried");
    }

    static void Compare<TOptions>(OptionTable<TOptions> table) =>
        Assert.Equal(PropertiesOf(typeof(TOptions)).Order(), table.Options.Select(option => option.Property).Order());

    static string[] PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];

    static int SetEach<TOptions>(OptionTable<TOptions> table)
        where TOptions : new()
    {
        var count = 0;
        foreach (var option in table.Options.Where(option => option.Read is not null))
        {
            var property = typeof(TOptions).GetProperty(option.Property)!;
            var text = OtherThan(property, new TOptions());
            if (text is null)
            {
                continue;
            }

            var (before, after) = (ValuesOf(new TOptions()), new TOptions());
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"p:{option.Key}", (string?)text)]).Build();
            var problems = new ConfigurationProblems(configuration);
            table.Read(configuration.GetSection("p"), after, new OptionReading(problems));

            problems.ThrowIfAny();
            Assert.Equal([option.Property], ValuesOf(after).Where(value => !Equals(before[value.Key], value.Value)).Select(value => value.Key));
            count++;
        }

        return count;
    }

    // What one object has is compared by value, if it has one.
    static Dictionary<string, object?> ValuesOf(object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType.IsValueType || property.PropertyType == typeof(string))
        .ToDictionary(property => property.Name, property => property.GetValue(options));

    // The text of a value that the option does not have by default; null for objects and lists.
    static string? OtherThan(PropertyInfo property, object defaults) => property.GetValue(defaults) switch
    {
        _ when property.Name.EndsWith("File", StringComparison.Ordinal) => typeof(PoolOptions).Assembly.Location,
        int number => (number == 7 ? 8 : 7).ToString(CultureInfo.InvariantCulture),
        double => "0.25",
        bool flag => flag ? "off" : "on",
        TimeSpan => "1234ms",
        System.Net.Sockets.AddressFamily => "ipv6",
        System.Security.Authentication.SslProtocols => "tls1.3",
        System.Net.DecompressionMethods => "gzip",
        Enum value => OptionName.Kebab(Enum.GetNames(value.GetType()).First(name => name != value.ToString())),
        _ when property.PropertyType == typeof(string) => "other",
        _ when property.PropertyType == typeof(int?) => "7",
        _ => null,
    };
}
