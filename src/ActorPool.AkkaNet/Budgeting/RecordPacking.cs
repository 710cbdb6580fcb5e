using System.IO.Compression;
using System.Text.Json;
using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>A budget's records as bytes: JSON, compressed, since the nodes' records are much alike and a message between members may not be long.</summary>
static class RecordPacking
{
    public static byte[] Pack(IReadOnlyCollection<GrantRecord> records)
    {
        using var packed = new MemoryStream();
        using (var compressing = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressing, [.. records], KeeperJson.Default.GrantRecordArray);
        }

        return packed.ToArray();
    }

    public static GrantRecord[] Unpack(byte[] packed)
    {
        using var decompressing = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(decompressing, KeeperJson.Default.GrantRecordArray) ?? [];
    }
}
