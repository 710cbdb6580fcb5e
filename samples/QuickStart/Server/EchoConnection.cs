using System.Net.Sockets;

namespace QuickStart;

/// <summary>One accepted socket: echoes line by line, and does wrong when it is told to.</summary>
sealed class EchoConnection(Socket socket, EchoServer server)
{
    const int NoFault = -1;

    static readonly byte[] GarbageLine = [IProtocol.GarbageMark, 0xFE, .. "~~ no echo of anything ~~\n"u8];

    // later than anybody waits
    static readonly TimeSpan LateBy = TimeSpan.FromMilliseconds(400);

    readonly byte[] _buffer = new byte[1024];
    int _fault = NoFault;

    /// <summary>Whether nothing has been done to it, or is going to be.</summary>
    public bool IsSound => Volatile.Read(in _fault) == NoFault;

    /// <summary>Cuts the socket off. Only the first fault counts.</summary>
    public void Kill(Fault fault, bool reset)
    {
        Suffer(fault);
        // without patience for what is unsent, closing is a reset
        socket.Close(reset ? 0 : -1);
    }

    /// <summary>Does wrong at its next line.</summary>
    public Fault? NextFault { get; set; }

    public async Task ServeAsync()
    {
        try
        {
            var length = 0;
            while (await socket.ReceiveAsync(_buffer.AsMemory(length)) is > 0 and var count)
            {
                length += count;
                if (_buffer[length - 1] == '\n')
                {
                    await AnswerAsync(_buffer.AsMemory(0, length));
                    length = 0;
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // killed by us, or the other end went
        }
        finally
        {
            socket.Dispose();
        }
    }

    async ValueTask AnswerAsync(Memory<byte> line)
    {
        if (NextFault is { } next && IsSound)
        {
            Suffer(next);
        }

        switch (IsSound ? null : (Fault?)_fault)
        {
            case null:
                await socket.SendAsync(line);
                break;
            case Fault.KilledInAnswer:
                await socket.SendAsync(line[..(line.Length / 2)]);
                socket.Dispose();
                break;
            case Fault.AnsweredLate:
                await Task.Delay(LateBy);
                await socket.SendAsync(line);
                break;
            case Fault.Garbage:
                await socket.SendAsync(GarbageLine);
                break;
        }
    }

    void Suffer(Fault fault)
    {
        if (Interlocked.CompareExchange(ref _fault, (int)fault, NoFault) == NoFault)
        {
            server.Note(fault);
        }
    }
}
