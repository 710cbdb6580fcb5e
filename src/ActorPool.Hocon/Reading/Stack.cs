using System.Runtime.CompilerServices;
using ActorPool.Hocon.Errors;

namespace ActorPool.Hocon.Reading;

/// <summary>Recursion ends in an error before it ends the process.</summary>
static class Stack
{
    public static void Check(HoconOrigin origin)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw HoconErrors.StackFull(origin);
        }
    }
}
