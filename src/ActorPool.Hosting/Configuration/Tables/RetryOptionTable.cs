using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>Whether and how operations are tried again.</summary>
static class RetryOptionTable
{
    public static readonly OptionTable<RetryOptions> Table = new OptionTable<RetryOptions>("retry")
        .CountOrUnlimited(nameof(RetryOptions.MaxAttempts), static (options, value) => options.MaxAttempts = value)
        .OneOf<RetryBackoff>(nameof(RetryOptions.Backoff), static (options, value) => options.Backoff = value)
        .Time(nameof(RetryOptions.Delay), static (options, value) => options.Delay = value)
        .Time(nameof(RetryOptions.MaxDelay), static (options, value) => options.MaxDelay = value)
        .Flag(nameof(RetryOptions.IsIdempotent), static (options, value) => options.IsIdempotent = value)
        .InCodeOnly(nameof(RetryOptions.RetryOn), "it is a rule, which is code")
        .InCodeOnly(nameof(RetryOptions.RetryOnTypes), "they are types, which are code")
        .InCodeOnly(nameof(RetryOptions.OnFailure), "it is called, and is code")
        .InCodeOnly(nameof(RetryOptions.Budget), "it is an object that pools share")
        .OneOf<LogLevel>(nameof(RetryOptions.RetryLogLevel), static (options, value) => options.RetryLogLevel = value)
        .OneOf<LogLevel>(nameof(RetryOptions.ExhaustedLogLevel), static (options, value) => options.ExhaustedLogLevel = value);
}
