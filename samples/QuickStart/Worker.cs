using System.Diagnostics;
using ActorPool;

namespace QuickStart;

/// <summary>A caller of the pool: leases a connection, asks, expects its own answer, and again.</summary>
sealed class Worker(int number, IConnectionPool<Stream> pool, IProtocol protocol, Tally tally, TimeSpan answerTimeout)
{
    // nobody should fall upon a server that is in trouble
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(10);

    readonly byte[] _request = new byte[256];
    readonly byte[] _answer = new byte[256];
    long _requests;

    /// <summary>Asks until it is told to stop; errors are counted, as an application would log them.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await AskAsync(stop);
            }
            catch (OperationCanceledException error) when (error.CancellationToken == stop)
            {
                return;
            }
            catch (Exception error)
            {
                tally.Failed(error);
                await Task.Delay(Breath, CancellationToken.None);
            }
        }
    }

    /// <summary>
    /// One request on a leased connection. An exception, a timeout too, condemns the connection: the pool closes it and
    /// opens another, so that an answer that comes too late is nobody's. Otherwise the connection goes back.
    /// </summary>
    public async Task AskAsync(CancellationToken stop)
    {
        var length = protocol.Write(_request, number, ++_requests);
        var asked = Stopwatch.GetTimestamp();
        await pool.UseAsync(async (connection, _) =>
        {
            tally.Leased(Stopwatch.GetElapsedTime(asked));
            using var timeout = new CancellationTokenSource(answerTimeout);
            await connection.WriteAsync(_request.AsMemory(0, length), timeout.Token);
            var answer = await ReadLineAsync(connection, timeout.Token);
            protocol.Check(_request.AsSpan(0, length), answer.Span);
        }, stop);
        tally.Answered();
    }

    async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(Stream connection, CancellationToken timeout)
    {
        for (var length = 0; length < _answer.Length;)
        {
            var count = await connection.ReadAsync(_answer.AsMemory(length), timeout);
            if (count == 0)
            {
                throw new EndOfStreamException("The server closed the connection.");
            }

            length += count;
            if (_answer[length - 1] == '\n')
            {
                return _answer.AsMemory(0, length);
            }
        }

        throw new GarbageException(_answer);
    }
}
