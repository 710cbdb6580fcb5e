using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace ActorPool.Tests.TestKit.Contracts;

/// <summary>A plain connector of lines, as a user might write one, with one defect.</summary>
sealed class DefectiveConnector(string host, int port, string password, Defect defect) : IConnector<NetworkStream>
{
    // what is forgotten is kept here: a collected socket would close itself
    readonly List<Socket> _forgotten = [];
    NetworkStream? _shared;

    public ConnectorSteps Steps => ConnectorSteps.Probe | ConnectorSteps.Reuse | ConnectorSteps.Return;

    public async ValueTask<NetworkStream> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        if (defect == Defect.SharesOneConnection && _shared is { } shared)
        {
            return shared;
        }

        var token = defect == Defect.IgnoresTheTokenOfAnOpen ? CancellationToken.None : cancellationToken;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, token);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (await AskAsync(stream, $"LOGIN {password}", token) is var answer and not "OK")
            {
                throw answer != "NO" ? new InvalidDataException("The login's answer is no answer.")
                    : new InvalidCredentialException(defect == Defect.TellsThePassword ? $"Wrong password: {password}" : "Wrong password.");
            }

            return _shared = stream;
        }
        catch (Exception error)
        {
            if ((defect == Defect.ForgetsTheSocketOfACancelledOpen && error is OperationCanceledException)
                || (defect == Defect.ForgetsTheSocketOfAFailedOpen && error is InvalidCredentialException))
            {
                _forgotten.Add(socket);
            }
            else
            {
                socket.Dispose();
            }

            throw;
        }
    }

    public async ValueTask ProbeAsync(NetworkStream connection, CancellationToken cancellationToken)
    {
        if (defect != Defect.ProbesNothing)
        {
            await AskAsync(connection, "probe", defect == Defect.ProbesWithoutToken ? CancellationToken.None : cancellationToken);
        }
    }

    public async ValueTask CloseAsync(NetworkStream connection, CloseReason reason)
    {
        if (defect == Defect.ClosesOnceOnly)
        {
            ObjectDisposedException.ThrowIf(connection.Socket.SafeHandle.IsClosed, connection);
        }

        if (defect == Defect.WaitsForTheServerToClose && !connection.Socket.SafeHandle.IsClosed)
        {
            connection.Socket.Shutdown(SocketShutdown.Send);
            while (await connection.ReadAsync(new byte[1]) > 0)
            {
            }
        }

        if (defect != Defect.ClosesNothing)
        {
            await connection.DisposeAsync();
        }
    }

    public bool IsFault(Exception error) => defect != Defect.CallsEveryErrorHarmless;

    public bool IsReusable(NetworkStream connection)
    {
        if (defect == Defect.CallsEverythingReusable)
        {
            return true;
        }

        try
        {
            return !connection.Socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception error) when (defect != Defect.ThrowsInLooks && error is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public bool TryReturn(NetworkStream connection) => defect != Defect.NeverTakesBack;

    public OpenFailureKind Classify(Exception error) => error switch
    {
        InvalidCredentialException when defect != Defect.CallsARefusedLoginTransient => OpenFailureKind.Credentials,
        SocketException when defect == Defect.CallsARefusedOpenConfiguration => OpenFailureKind.Configuration,
        _ => OpenFailureKind.Transient,
    };

    public override string ToString() => defect == Defect.ShowsThePassword ? $"{host}:{port} as {password}" : $"{host}:{port}";

    public static async ValueTask<string> AskAsync(NetworkStream stream, string question, CancellationToken cancellationToken)
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
