using System.Diagnostics.CodeAnalysis;

namespace ActorPool.Actors;

/// <summary>What must be true whatever the callers do; checked in release builds too.</summary>
static class Invariant
{
    /// <summary>Throws if the condition does not hold: a defect in this library.</summary>
    public static void Check([DoesNotReturnIf(false)] bool condition, string broken)
    {
        if (!condition)
        {
            Broken(broken);
        }
    }

    /// <summary>Throws: a defect in this library.</summary>
    [DoesNotReturn]
    public static void Broken(string what) => throw new InvariantException(what);
}
