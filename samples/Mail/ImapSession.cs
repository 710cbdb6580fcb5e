using System.Globalization;
using System.Text;

namespace Mail;

/// <summary>One IMAP session (RFC 9051) over a stream: what the pool leases.</summary>
/// <param name="stream">The stream. It is read byte by byte as far as an answer goes, so that nothing is read too much.</param>
sealed class ImapSession(Stream stream)
{
    const int LineBytesMax = 64 * 1024;

    readonly byte[] _one = new byte[1];
    int _commands;

    public Stream Stream { get; } = stream;

    /// <summary>Whether a command's answer has not been read to its end: whoever comes next would read it.</summary>
    public bool IsAmidst { get; private set; }

    /// <summary>Whether a folder is open, which is a matter of one holder.</summary>
    public bool HasFolder { get; private set; }

    /// <summary>Reads what the server says first.</summary>
    public async ValueTask GreetAsync(CancellationToken cancellationToken)
    {
        var greeting = await ReadLineAsync(cancellationToken);
        if (!greeting.StartsWith("* OK", StringComparison.Ordinal) && !greeting.StartsWith("* PREAUTH", StringComparison.Ordinal))
        {
            throw new IOException($"This is no IMAP server, or it takes nobody: {greeting}");
        }
    }

    /// <summary>Sends a command and reads its answer.</summary>
    /// <returns>The lines of the answer that are not its end, without their asterisks.</returns>
    /// <exception cref="ImapException">The server has refused it.</exception>
    public async ValueTask<IReadOnlyList<string>> AskAsync(string command, CancellationToken cancellationToken)
    {
        if (command.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("A command is one line.", nameof(command));
        }

        var tag = string.Create(CultureInfo.InvariantCulture, $"a{++_commands}");
        IsAmidst = true;
        await Stream.WriteAsync(Encoding.UTF8.GetBytes($"{tag} {command}\r\n"), cancellationToken);
        List<string> lines = [];
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.StartsWith("* ", StringComparison.Ordinal))
            {
                lines.Add(line[2..]);
            }
            else if (line.StartsWith(tag + ' ', StringComparison.Ordinal))
            {
                IsAmidst = false;
                var answer = line[(tag.Length + 1)..];
                return answer.StartsWith("OK", StringComparison.Ordinal) ? lines : throw new ImapException(answer);
            }
            else
            {
                throw new IOException($"Command {tag} is answered by: {line}");
            }
        }
    }

    /// <summary>How many messages there are in a folder.</summary>
    public async ValueTask<int> CountAsync(string folder, CancellationToken cancellationToken)
    {
        var lines = await AskAsync($"STATUS {Quote(folder)} (MESSAGES)", cancellationToken);
        var status = lines.Single(line => line.StartsWith("STATUS ", StringComparison.Ordinal));
        return int.Parse(status.AsSpan(status.LastIndexOf(' ') + 1).TrimEnd(')'), CultureInfo.InvariantCulture);
    }

    /// <summary>Opens a folder.</summary>
    public async ValueTask SelectAsync(string folder, CancellationToken cancellationToken)
    {
        await AskAsync($"SELECT {Quote(folder)}", cancellationToken);
        HasFolder = true;
    }

    /// <summary>Closes the open folder, if there is one.</summary>
    public async ValueTask UnselectAsync(CancellationToken cancellationToken)
    {
        if (HasFolder)
        {
            await AskAsync("UNSELECT", cancellationToken);
            HasFolder = false;
        }
    }

    public override string ToString() => $"IMAP session with {Stream}";

    /// <summary>A text as IMAP takes it in a command.</summary>
    public static string Quote(string text) => text.AsSpan().ContainsAny('\r', '\n', '\0')
        ? throw new ArgumentException("Names and passwords are of one line.", nameof(text))
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        List<byte> line = [];
        while (true)
        {
            await Stream.ReadExactlyAsync(_one, cancellationToken);
            if (_one[0] == '\n')
            {
                return Encoding.UTF8.GetString(line is [.., (byte)'\r'] ? [.. line[..^1]] : [.. line]);
            }

            line.Add(_one[0]);
            if (line.Count > LineBytesMax)
            {
                throw new IOException($"A line of the server is longer than {LineBytesMax} bytes.");
            }
        }
    }
}
