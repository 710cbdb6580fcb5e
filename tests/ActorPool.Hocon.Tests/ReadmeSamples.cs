using Microsoft.Extensions.Configuration;

namespace ActorPool.Hocon.Tests;

/// <summary>What the README shows, compiled.</summary>
static class ReadmeSamples
{
    public static IConfigurationRoot AddFile(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Configuration.AddHoconFile("application.conf", optional: false, reloadOnChange: true);
        return builder.Configuration.Build();
    }

    public static void AddText(IConfigurationBuilder configuration)
    {
        configuration.AddHoconString("pools.cache.max-size = 32");
    }

    public static (long Size, TimeSpan Idle) WithoutConfiguration()
    {
        var root = HoconParser.ParseFile("application.conf");
        var size = root.Find("pools.cache.max-size")!.AsInt64();
        var idle = root.Find("pools.cache.idle-timeout")!.AsDuration();
        return (size, idle);
    }

    public static (bool IsDuration, TimeSpan Wait, bool IsSize, long Bytes) Units()
    {
        var isDuration = HoconUnits.TryParseDuration("1.5 s", out var wait);
        var isSize = HoconUnits.TryParseSize("64 KiB", out var bytes);
        return (isDuration, wait, isSize, bytes);
    }

    public static void Origins(IConfigurationRoot configuration, Action<string> log)
    {
        foreach (var origins in configuration.Providers.OfType<IHoconOrigins>())
        {
            if (origins.TryGetOrigin("pools:cache:max-size", out var origin))
            {
                log($"max-size is written at {origin}");        // application.conf:4:17
            }
        }
    }

    // As a hosted application has it, without the package: these tests need no host.
    static class Host
    {
        public static (IConfigurationBuilder Configuration, string[] Args) CreateApplicationBuilder(string[] args) =>
            (new ConfigurationBuilder(), args);
    }
}
