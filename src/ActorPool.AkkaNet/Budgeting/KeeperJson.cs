using System.Text.Json.Serialization;
using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The messages as JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommitRequest))]
[JsonSerializable(typeof(CommitReply))]
[JsonSerializable(typeof(CommitRefused))]
[JsonSerializable(typeof(WatchRecord))]
[JsonSerializable(typeof(UnwatchRecord))]
[JsonSerializable(typeof(WatchStands))]
[JsonSerializable(typeof(RecordChanged))]
[JsonSerializable(typeof(CopyRequest))]
[JsonSerializable(typeof(CopyAnswer))]
[JsonSerializable(typeof(KeeperMark))]
[JsonSerializable(typeof(BudgetRecords))]
[JsonSerializable(typeof(GrantRecord[]))]
sealed partial class KeeperJson : JsonSerializerContext;
