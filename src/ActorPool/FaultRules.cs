using ActorPool.Errors;

namespace ActorPool;

/// <summary>
/// Rules over types of errors, for <see cref="IConnector{TConnection}.IsFault"/> (the <c>isFault</c> of
/// <see cref="Connector.Create"/>) and <see cref="RetryOptions.RetryOn"/>.
/// </summary>
public static class FaultRules
{
    /// <summary>
    /// True for errors of one of the types or a subclass, and for errors that were caused by such a one
    /// (<see cref="Exception.InnerException"/>, however deep; every inner one of an <see cref="AggregateException"/>).
    /// </summary>
    /// <param name="types">Types of exceptions; at least one.</param>
    /// <exception cref="ArgumentException">There are no types, or some are no exceptions: all these are named.</exception>
    public static Func<Exception, bool> AnyOf(params Type[] types)
    {
        var checkedTypes = Check(types, nameof(types));
        return error => IsOrWasCausedBy(error, checkedTypes);
    }

    /// <summary><see cref="AnyOf(Type[])"/> with one type.</summary>
    public static Func<Exception, bool> AnyOf<TError>()
        where TError : Exception => AnyOf(typeof(TError));

    /// <summary><see cref="AnyOf(Type[])"/> with two types.</summary>
    public static Func<Exception, bool> AnyOf<TError1, TError2>()
        where TError1 : Exception
        where TError2 : Exception => AnyOf(typeof(TError1), typeof(TError2));

    /// <summary>
    /// False for errors of one of the types or a subclass, which are the harmless ones; true for all others. What caused an
    /// error is not looked at: a harmless error inside another one says nothing about that.
    /// </summary>
    /// <param name="types">Types of exceptions; at least one.</param>
    /// <exception cref="ArgumentException">There are no types, or some are no exceptions: all these are named.</exception>
    public static Func<Exception, bool> NoneOf(params Type[] types)
    {
        var checkedTypes = Check(types, nameof(types));
        return error => !Is(error, checkedTypes);
    }

    /// <summary><see cref="NoneOf(Type[])"/> with one type.</summary>
    public static Func<Exception, bool> NoneOf<TError>()
        where TError : Exception => NoneOf(typeof(TError));

    /// <summary><see cref="NoneOf(Type[])"/> with two types.</summary>
    public static Func<Exception, bool> NoneOf<TError1, TError2>()
        where TError1 : Exception
        where TError2 : Exception => NoneOf(typeof(TError1), typeof(TError2));

    /// <summary>Whether an error, or one that it was caused by, fulfils a condition.</summary>
    internal static bool Any(Exception error, Func<Exception, bool> condition) =>
        condition(error)
        || (error is AggregateException aggregate
            ? aggregate.InnerExceptions.Any(inner => Any(inner, condition))
            : error.InnerException is { } cause && Any(cause, condition));

    internal static bool IsException(Type? type) => typeof(Exception).IsAssignableFrom(type);

    static bool IsOrWasCausedBy(Exception error, Type[] types) => Any(error, candidate => Is(candidate, types));

    static bool Is(Exception error, Type[] types) => Array.Exists(types, type => type.IsInstanceOfType(error));

    static Type[] Check(Type[] types, string name)
    {
        ArgumentNullException.ThrowIfNull(types, name);
        if (types.Length == 0)
        {
            throw RetryErrors.NoTypes(name);
        }

        Type[] wrong = Array.FindAll(types, type => !IsException(type));
        return wrong.Length == 0 ? [.. types] : throw RetryErrors.NoExceptions(wrong, name);
    }
}
