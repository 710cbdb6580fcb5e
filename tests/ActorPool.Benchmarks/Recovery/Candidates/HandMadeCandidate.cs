using System.Threading.Channels;

namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>
/// The pool that most people write: a channel that is filled once; who meets a broken connection puts nothing back in its place,
/// and who takes nothing connects anew.
/// </summary>
sealed class HandMadeCandidate : RecoveryCandidate
{
    readonly int _port;
    readonly bool _logsIn;
    readonly ConnectGauge _gauge = new();
    readonly Channel<Stream?> _streams = Channel.CreateBounded<Stream?>(Limits.Connections);

    HandMadeCandidate(int port, bool logsIn) => (_port, _logsIn) = (port, logsIn);

    public override long? Connects => _gauge.Begun;

    public override int? ConnectsMost => _gauge.Most;

    public override void ResetMost() => _gauge.Reset();

    public static async ValueTask<RecoveryCandidate> OpenAsync(int port, bool logsIn)
    {
        var pool = new HandMadeCandidate(port, logsIn);
        for (var i = 0; i < Limits.Connections; i++)
        {
            await pool._streams.Writer.WriteAsync(await EchoClient.OpenAsync(port, logsIn, pool._gauge, CancellationToken.None));
        }

        return pool;
    }

    public override async ValueTask RequestAsync(RequestNote note)
    {
        var stream = await _streams.Reader.ReadAsync();
        try
        {
            stream ??= await EchoClient.OpenAsync(_port, _logsIn, _gauge, CancellationToken.None);
            note.Sent();
            await EchoClient.AskAsync(stream, CancellationToken.None);
        }
        catch
        {
            stream?.Dispose();
            stream = null;
            throw;
        }
        finally
        {
            _streams.Writer.TryWrite(stream);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _streams.Writer.TryComplete();
        await foreach (var stream in _streams.Reader.ReadAllAsync())
        {
            stream?.Dispose();
        }
    }
}
