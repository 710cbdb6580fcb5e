using System.Text;

namespace YourConnector;

/// <summary>What is leased: a connection to a server that repeats what it hears, louder.</summary>
public sealed class ShoutConnection(Stream stream)
{
    internal Stream Stream => stream;

    /// <summary>A text in capitals.</summary>
    /// <exception cref="ShoutException">The server refuses.</exception>
    public async ValueTask<string> ShoutAsync(string text, CancellationToken cancellationToken)
    {
        var answer = await AskAsync($"SHOUT {text}", cancellationToken);
        return answer.StartsWith("ERROR ", StringComparison.Ordinal) ? throw new ShoutException(answer[6..]) : answer;
    }

    internal async ValueTask<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question + "\n"), cancellationToken);
        var answer = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return answer.ToString();
            }

            answer.Append((char)one[0]);
        }
    }
}
