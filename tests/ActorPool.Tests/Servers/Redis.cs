using System.Globalization;
using System.Text;
using ActorPool.Servers;

namespace ActorPool.Tests.Servers;

/// <summary>The little of Redis' protocol that the tests speak.</summary>
static class Redis
{
    /// <summary>Sends an inline command and reads its reply.</summary>
    /// <exception cref="RedisErrorException">The reply is an error.</exception>
    public static async ValueTask<string> AskAsync(Stream stream, string command, CancellationToken cancellationToken)
    {
        await SendAsync(stream, command, cancellationToken);
        return await ReadReplyAsync(stream, cancellationToken);
    }

    public static ValueTask SendAsync(Stream stream, string command, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);

    public static async ValueTask<string> ReadReplyAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(stream, cancellationToken);
        return line[0] switch
        {
            '+' or ':' => line[1..],
            '$' => await ReadBulkAsync(stream, int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture), cancellationToken),
            '-' => throw new RedisErrorException(line[1..]),
            _ => throw new InvalidDataException($"No reply of Redis: {line}"),
        };
    }

    /// <summary>Asks over a connection that belongs to no pool.</summary>
    public static async Task<string> AskAsideAsync(RedisServer server, string command)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port);
        return await AskAsync(client.GetStream(), command, CancellationToken.None);
    }

    static async ValueTask<string> ReadBulkAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length + 2];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return Encoding.ASCII.GetString(bytes, 0, length);
    }

    /// <summary>Byte by byte: nothing is read that belongs to the next reply.</summary>
    static async ValueTask<string> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return line.ToString();
            }

            if (one[0] != '\r')
            {
                line.Append((char)one[0]);
            }
        }
    }
}
