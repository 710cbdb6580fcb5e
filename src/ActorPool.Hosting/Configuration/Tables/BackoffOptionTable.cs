namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>The waits between failed opens.</summary>
static class BackoffOptionTable
{
    public static readonly OptionTable<BackoffOptions> Table = new OptionTable<BackoffOptions>("reconnect-backoff")
        .Time(nameof(BackoffOptions.Initial), static (options, value) => options.Initial = value)
        .Time(nameof(BackoffOptions.Max), static (options, value) => options.Max = value)
        .Flag(nameof(BackoffOptions.Jitter), static (options, value) => options.Jitter = value);
}
