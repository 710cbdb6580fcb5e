namespace ActorPool.Actors;

/// <summary>
/// The system's milliseconds, a few of them late, for a fraction of what reading the system's clock costs: a thread writes
/// them down every few milliseconds while anybody reads, and sleeps when nobody does.
/// </summary>
static class CoarseTime
{
    /// <summary>How late a reading may be, as long as the machine has a core for the thread.</summary>
    const int TickMs = 5;

    /// <summary>After so many ticks without a reader the thread goes to sleep: one second.</summary>
    const int IdleTicksMax = 200;

    /// <summary>A tick that is so much late is no matter of a busy machine.</summary>
    public const int LeapMsMin = 500;

    /// <summary>Nobody writes the time down.</summary>
    const long Asleep = 0;

    static readonly ManualResetEventSlim Readers = new();
    static long NowAtLastTickMs;
    static long LastLeapMs;
    static long LastLeapAtMs = long.MinValue;
    static bool WasRead;
    static Thread? Ticker;

    /// <summary>Never ahead of the system's clock; late by a tick, by more when the thread gets no core.</summary>
    public static long NowMs
    {
        get
        {
            var nowMs = Volatile.Read(ref NowAtLastTickMs);
            if (nowMs == Asleep)
            {
                return Wake();
            }

            if (!WasRead)
            {
                // Once a tick, so that the readers share the cache line for the rest of it.
                WasRead = true;
            }

            return nowMs;
        }
    }

    /// <summary>
    /// By how much the time leapt since a certain moment: the thread, which needs nobody else's help, found that much missing
    /// between two ticks, so that the process or the machine was stopped. The last leap is known; 0 if there was none.
    /// </summary>
    public static long LeaptMs(long sinceMs) => Volatile.Read(ref LastLeapAtMs) >= sinceMs ? Volatile.Read(ref LastLeapMs) : 0;

#pragma warning disable RS0030 // the one place that writes the system's clock down, and sleeps in between
    static long Wake()
    {
        if (Ticker is null && Interlocked.CompareExchange(ref Ticker, new Thread(Tick) { IsBackground = true, Name = "ActorPool clock" }, null) is null)
        {
            try
            {
                Ticker.UnsafeStart();
            }
            catch (OutOfMemoryException)
            {
                // No thread is to be had: everybody reads the system's clock, as now.
            }
        }

        Readers.Set();
        return Environment.TickCount64;
    }

    static void Tick()
    {
        var idleTicks = 0;
        var hasSlept = true;
        while (true)
        {
            if (idleTicks == IdleTicksMax)
            {
                // From here on readers read the system's clock and set the event; one that read the last tick just before
                // finds it late by no more than that.
                Volatile.Write(ref NowAtLastTickMs, Asleep);
                Readers.Reset();
                Readers.Wait();
                idleTicks = 0;
                hasSlept = true;
            }

            var nowMs = Environment.TickCount64;
            var missedMs = nowMs - Volatile.Read(ref NowAtLastTickMs);
            if (!hasSlept && missedMs >= LeapMsMin)
            {
                Volatile.Write(ref LastLeapMs, missedMs);
                Volatile.Write(ref LastLeapAtMs, nowMs);
            }

            hasSlept = false;
            Volatile.Write(ref NowAtLastTickMs, nowMs);
            idleTicks = WasRead ? 0 : idleTicks + 1;
            WasRead = false;
            Thread.Sleep(TickMs);
        }
    }
#pragma warning restore RS0030
}
