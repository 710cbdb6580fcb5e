using System.Text.Json.Serialization;
using ActorPool.AkkaNet.Clustering;

namespace ActorPool.AkkaNet.Messaging;

/// <summary>What travels between nodes, as JSON; what a node of a later version has added is ignored.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UseHeader))]
[JsonSerializable(typeof(UsedHeader))]
[JsonSerializable(typeof(OrderHeader))]
[JsonSerializable(typeof(DoneHeader))]
[JsonSerializable(typeof(OrderFailed))]
[JsonSerializable(typeof(OrderRefused))]
[JsonSerializable(typeof(UseFailed))]
[JsonSerializable(typeof(Offers))]
[JsonSerializable(typeof(NodePools))]
sealed partial class ClusterJson : JsonSerializerContext;
