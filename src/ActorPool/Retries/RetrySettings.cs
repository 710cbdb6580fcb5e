using ActorPool.Options;
using Microsoft.Extensions.Logging;

namespace ActorPool.Retries;

/// <summary>Checked retry options in the form in which calls use them: immutable.</summary>
sealed class RetrySettings
{
    RetrySettings(RetryOptions options)
    {
        MaxAttempts = options.MaxAttempts;
        Schedule = new RetrySchedule(options.Backoff, options.Delay, options.MaxDelay);
        IsIdempotent = options.IsIdempotent;
        RetryOn = Combine(options.RetryOn, [.. options.RetryOnTypes]);
        OnFailure = options.OnFailure;
        Tokens = options.Budget;
        RetryLogLevel = options.RetryLogLevel;
        ExhaustedLogLevel = options.ExhaustedLogLevel;
        IsOff = MaxAttempts == 1 && OnFailure is null && Tokens is null;
    }

    public int MaxAttempts { get; }

    public RetrySchedule Schedule { get; }

    public bool IsIdempotent { get; }

    /// <summary>Which errors are retried; null: faults.</summary>
    public Func<Exception, bool>? RetryOn { get; }

    public Action<RetryFailure>? OnFailure { get; }

    public RetryBudget? Tokens { get; }

    public LogLevel RetryLogLevel { get; }

    public LogLevel ExhaustedLogLevel { get; }

    /// <summary>Whether there is nothing to do but one attempt: no second one, nobody to tell, no tokens to give back.</summary>
    public bool IsOff { get; }

    /// <summary>Checks the options and takes what they say now.</summary>
    /// <exception cref="ArgumentException">They are out of range: all problems are listed.</exception>
    public static RetrySettings From(RetryOptions options)
    {
        RetryOptionsValidator.Validate(options);
        return new RetrySettings(options);
    }

    static Func<Exception, bool>? Combine(Func<Exception, bool>? rule, Type[] types)
    {
        if (types.Length == 0)
        {
            return rule;
        }

        var byType = FaultRules.AnyOf(types);
        return rule is null ? byType : error => rule(error) || byType(error);
    }
}
