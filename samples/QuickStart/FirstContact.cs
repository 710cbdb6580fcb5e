using System.Diagnostics;
using System.Net.Sockets;
using ActorPool;

namespace QuickStart;

/// <summary>One request to a server of the user's own, before there are thousands.</summary>
static class FirstContact
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    /// <summary>What is wrong with the server, in one line; null if nothing is.</summary>
    public static async Task<string?> FindProblemAsync(IConnectionPool<Stream> pool, IProtocol protocol, Settings settings)
    {
        try
        {
            await ConnectAsync(pool);
            var tally = new Tally(ruined: static () => { });
            await new Worker(0, pool, protocol, tally, settings.AnswerTimeout).AskAsync(CancellationToken.None);
            return null;
        }
        catch (AcquireTimeoutException error)
        {
            return error.InnerException switch
            {
                SocketException refused => new SocketException((int)refused.SocketErrorCode).Message,
                { } other => other.Message,
                null => $"no connection within {Patience.TotalSeconds:0} s",
            };
        }
        catch (OperationCanceledException)
        {
            return "it takes the connection but does not answer";
        }
        catch (GarbageException error)
        {
            return error.Message + (settings.SpeaksRedis ? ", no PONG" : ", no echo (a Redis? --ping redis)");
        }
        catch (Exception error) when (error is PoolException or IOException)
        {
            return error.Message;
        }
    }

    static async Task ConnectAsync(IConnectionPool<Stream> pool)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var lease = await pool.AcquireAsync(Glance);
                return;
            }
            catch (AcquireTimeoutException error)
                when (error.InnerException is null && Stopwatch.GetElapsedTime(started) < Patience)
            {
                // no attempt has failed yet
            }
        }
    }
}
