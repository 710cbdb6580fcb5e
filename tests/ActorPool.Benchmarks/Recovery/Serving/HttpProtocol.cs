using System.Text;

namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>The least that is HTTP: whatever is asked, the same answer.</summary>
static class HttpProtocol
{
    static readonly byte[] Answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{new string('x', 100)}");

    static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    public static async Task ServeAsync(ServedConnection connection)
    {
        var plan = connection.Plan;
        var buffer = new byte[4096];
        var filled = 0;
        var requests = 0;
        while (await connection.Socket.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var count)
        {
            filled += count;
            if (!buffer.AsSpan(0, filled).EndsWith(HeadEnd))
            {
                continue;
            }

            if (plan.Demise == Demise.Request)
            {
                return;
            }

            filled = 0;
            await Pause.AsLongAs(requests++ == 0 ? plan.LoginMs + plan.WorkMs : plan.WorkMs);
            connection.IsReady();
            await connection.Socket.SendAsync(Answer);
        }
    }
}
