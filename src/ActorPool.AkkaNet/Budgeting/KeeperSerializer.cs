using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Akka.Serialization;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>
/// Writes what members tell each other of budgets, as JSON by generated code. The manifests are what goes over the wire: they stay as they are when a type
/// is renamed, and a member that does not know one says so.
/// </summary>
sealed class KeeperSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    static readonly Dictionary<string, JsonTypeInfo> Types = new(StringComparer.Ordinal)
    {
        ["commit"] = KeeperJson.Default.CommitRequest,
        ["committed"] = KeeperJson.Default.CommitReply,
        ["refused"] = KeeperJson.Default.CommitRefused,
        ["watch"] = KeeperJson.Default.WatchRecord,
        ["unwatch"] = KeeperJson.Default.UnwatchRecord,
        ["stands"] = KeeperJson.Default.WatchStands,
        ["changed"] = KeeperJson.Default.RecordChanged,
        ["ask"] = KeeperJson.Default.CopyRequest,
        ["answer"] = KeeperJson.Default.CopyAnswer,
        ["mark"] = KeeperJson.Default.KeeperMark,
        ["records"] = KeeperJson.Default.BudgetRecords,
    };

    static readonly Dictionary<Type, string> Manifests = Types.ToDictionary(static pair => pair.Value.Type, static pair => pair.Key);

    public override string Manifest(object o) => Manifests.TryGetValue(o.GetType(), out var manifest)
        ? manifest
        : throw new ArgumentException($"{o.GetType()} is no message of budgets.", nameof(o));

    public override byte[] ToBinary(object obj) => JsonSerializer.SerializeToUtf8Bytes(obj, Types[Manifest(obj)]);

    public override object FromBinary(byte[] bytes, string manifest) => Types.TryGetValue(manifest, out var type)
        ? JsonSerializer.Deserialize(bytes, type)!
        : throw new ArgumentException($"'{manifest}' is no message of budgets that this version knows.", nameof(manifest));
}
