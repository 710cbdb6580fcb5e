using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.TestKit;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>Whatever is written at any key: reading ends with options or with problems, and tells no secret.</summary>
public sealed class AnyTextTests
{
    const string Secret = "hunter2";

    static readonly string[] Texts =
    [
        "", " ", "null", "none", "0", "-1", "1", "7", "99999999999999999999", "1e400", "NaN", "-Infinity", "0.5", "1..2", "15s", "-15s", "15 parsecs", "1e30d", "infinite",
        "unlimited", "00:00:15", "-00:00:00.0010000", "99:99:99", "1.00:00:00.0000000001", "10675199.02:48:05.4775808", "true", "maybe", "OFF", "wait", "lifo", "tls1.3",
        "64KiB", "3GiB", "-1KiB", "a:7", "a:7,b:8", ",,", "[", "]:1", "[::1]", "::", "a b", "a:0", "a:99999", "http://", "://", "=", ";", "Host=", "\0", "\uD800", "\r\n", "“”",
        $"redis://app:{Secret}@cache:6379/0?db=1", $"rediss://app:{Secret}@cache?ssl_ca_certs=/no/such", $"unix://app:{Secret}@/run/redis", $"http://app:{Secret}@proxy:3128",
        $"Host=db;Password={Secret}", $"Host='db;Password={Secret}",
    ];

    // where secrets are at home, they may be as broken as can be
    static readonly string[] SecretKeys = ["redis:url", "redis:password", "database:connection-string", "database:password", "http:proxy", "redis:tls:client-key-password"];

    static readonly string[] Keys =
    [
        .. PoolOptionTable.Table.Paths,
        .. from connector in new[] { ("tcp", TcpEntryTable.Table.Paths), ("redis", RedisEntryTable.Table.Paths), ("http", HttpOptionTable.Table.Paths), ("database", DatabaseEntryTable.Table.Paths) }
           from path in connector.Item2
           select $"{connector.Item1}.{path}",
    ];

    [Fact]
    public void Reading_ends_with_options_or_problems_and_tells_no_secret()
    {
        var random = new SeededRandom((ulong)Random.Shared.NextInt64());
        var told = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var values = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => AnyKey(random)).DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToArray();
            var written = string.Join(", ", values.Select(pair => $"{pair.Key} = {pair.Value}"));
            try
            {
                var lines = Configured.Keys(values).Lines;

                told += lines.Length;
                Assert.DoesNotContain(lines, line => line.Contains(Secret, StringComparison.OrdinalIgnoreCase));
                Assert.DoesNotContain(lines, line => line.Any(letter => letter is '\r' or '\n' or '\0'));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {random.Seed}, {written}", error);
            }
        }

        Assert.True(told > 3_000, $"only {told} problems");
    }

    static (string Key, string? Value) AnyKey(SeededRandom random)
    {
        var pool = random.Next(8) == 0 ? "" : $"pools:{"abc"[random.Next(3)]}:";
        if (random.Next(4) == 0)
        {
            return (pool + SecretKeys[random.Next(SecretKeys.Length)], Broken(Texts[^(1 + random.Next(6))], random));
        }

        var key = Keys[random.Next(Keys.Length)].Replace('.', ':');
        key = random.Next(10) switch
        {
            0 => key + ":0",
            1 => key + ":" + Keys[random.Next(Keys.Length)],
            2 => key[..(1 + random.Next(key.Length))],
            _ => key,
        };
        return (pool + key, random.Next(20) == 0 ? null : Texts[random.Next(Texts.Length)]);
    }

    // one letter taken out, put in or replaced, but none of the secret's
    static string Broken(string text, SeededRandom random)
    {
        const string Letters = "/?#@:%=;'\" a0[]&\0";
        var (before, after) = (text[..text.IndexOf(Secret, StringComparison.Ordinal)], text[(text.IndexOf(Secret, StringComparison.Ordinal) + Secret.Length)..]);
        return random.Next(2) == 0 ? Change(before) + Secret + after : before + Secret + Change(after);

        string Change(string part)
        {
            var at = random.Next(part.Length + 1);
            var letter = random.Next(3) == 0 ? "" : Letters[random.Next(Letters.Length)].ToString();
            return part.Remove(at, Math.Min(random.Next(2), part.Length - at)).Insert(at, letter);
        }
    }
}
