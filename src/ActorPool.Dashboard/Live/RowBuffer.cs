using System.Buffers;
using System.Text.Json;

namespace ActorPool.Dashboard.Live;

/// <summary>Where rows are written to see whether they have changed. For the sampler's loop alone.</summary>
sealed class RowBuffer : IDisposable
{
    readonly ArrayBufferWriter<byte> _bytes = new(4096);
    readonly Utf8JsonWriter _json;

    public RowBuffer() => _json = new Utf8JsonWriter(_bytes);

    public void Dispose() => _json.Dispose();

    /// <summary>Begins an object.</summary>
    public Utf8JsonWriter Begin()
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        return _json;
    }

    /// <summary>Ends it.</summary>
    /// <param name="before">The pool's row so far.</param>
    /// <param name="version">The version of the picture that is being made.</param>
    /// <returns>The row so far if it says the same, else a new one.</returns>
    public PoolRow End(PoolRow? before, long version)
    {
        _json.WriteEndObject();
        _json.Flush();
        return before is not null && _bytes.WrittenSpan.SequenceEqual(before.Json)
            ? before
            : new PoolRow(_bytes.WrittenSpan.ToArray(), version);
    }
}
