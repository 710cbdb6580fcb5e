using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorPool.Budgets.Etcd;

/// <summary>Writes and reads the messages of <see cref="EtcdJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EtcdJson.TxnRequest))]
[JsonSerializable(typeof(EtcdJson.TxnResponse))]
[JsonSerializable(typeof(EtcdJson.LoginRequest))]
[JsonSerializable(typeof(EtcdJson.LoginResponse))]
[JsonSerializable(typeof(EtcdJson.WatchRequest))]
[JsonSerializable(typeof(EtcdJson.WatchAnswer))]
[JsonSerializable(typeof(EtcdJson.Refusal))]
sealed partial class EtcdJsonContext : JsonSerializerContext;
