using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using ActorPool.Actors;

namespace ActorPool.Stress;

/// <summary>
/// A promise of a number, used again like a waiter's, and what its awaiters have seen. It is its own dispatcher, so that the
/// scenario says where continuations run.
/// </summary>
sealed class PromiseState
{
    // Who looks for so long in vain lets others run.
    const int LooksMax = 100;

    IThreadPoolWorkItem? _handed;

    public PromiseState() => Promise = new NumberPromise(new Handing(this));

    public NumberPromise Promise { get; }

    /// <summary>Whether continuations wait for <see cref="RunHanded"/>, on another thread than the one that dispatched them.</summary>
    public bool HandsOver { get; set; }

    /// <summary>What each actor has seen.</summary>
    public int[] Seen { get; } = new int[2];

    /// <summary>How often a continuation has run.</summary>
    public int Continued { get; set; }

    /// <summary>What the promise gave when it continued somebody.</summary>
    public int Result { get; set; }

    /// <summary>Whether the taking is over, for those who look at it meanwhile.</summary>
    public bool WasTaken;

    public void Renew()
    {
        Promise.StartAgain();
        (Continued, Result, WasTaken, HandsOver, _handed) = (0, 0, false, false, null);
        Array.Clear(Seen);
    }

    /// <summary>Puts the result in place and completes the promise.</summary>
    public void Complete(int result)
    {
        Promise.Result = result;
        Promise.Run();
    }

    /// <summary>Waits until the promise says that it is complete. 1 if it did not at first.</summary>
    public int Poll()
    {
        var looks = 0;
        while (Promise.GetStatus(Promise.Token) == ValueTaskSourceStatus.Pending)
        {
            Pause(ref looks);
        }

        return looks > 0 ? 1 : 0;
    }

    /// <summary>Waits until a continuation was dispatched, and runs it.</summary>
    public void RunHanded()
    {
        var looks = 0;
        IThreadPoolWorkItem? workItem;
        while ((workItem = Volatile.Read(ref _handed)) is null)
        {
            Pause(ref looks);
        }

        _handed = null;
        workItem.Execute();
    }

    static void Pause(ref int looks)
    {
        if (++looks > LooksMax)
        {
            Thread.Yield();
        }
    }

    /// <summary>Runs continuations at once, or hands them over.</summary>
    sealed class Handing(PromiseState state) : IDispatcher
    {
        public void Execute(IThreadPoolWorkItem workItem)
        {
            if (state.HandsOver)
            {
                Volatile.Write(ref state._handed, workItem);
            }
            else
            {
                workItem.Execute();
            }
        }
    }

    public sealed class NumberPromise(IDispatcher dispatcher) : Promise(dispatcher), IValueTaskSource<int>
    {
        public int Result { get; set; }

        public ValueTaskSourceStatus GetStatus(short token) => StatusOf(token) ?? ValueTaskSourceStatus.Succeeded;

        public int GetResult(short token)
        {
            CheckCompleted(token);

            // As a waiter does: the token first, the answer after that.
            Retire();
            return Result;
        }

        /// <summary>Its next use.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void StartAgain()
        {
            Reset();
            Result = 0;
        }
    }
}
