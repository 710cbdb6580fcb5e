using System.Runtime.CompilerServices;

namespace ActorPool.Endpoints;

/// <summary>A time in milliseconds for each <see cref="WaitCause"/>.</summary>
[InlineArray(CauseCount)]
struct WaitCauses
{
    /// <summary>How many causes there are.</summary>
    public const int CauseCount = 5;

    long _ms;

    /// <summary>What has been added since an earlier reading.</summary>
    public readonly WaitCauses Since(WaitCauses earlier)
    {
        var added = this;
        for (var cause = 0; cause < CauseCount; cause++)
        {
            added[cause] -= earlier[cause];
        }

        return added;
    }
}
