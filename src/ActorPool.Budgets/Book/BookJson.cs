using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorPool.Budgets.Book;

/// <summary>How records are written: as JSON, so that operators can read them where they are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BookRecord))]
[JsonSerializable(typeof(NodeRecord))]
sealed partial class BookJson : JsonSerializerContext
{
    public static string Write(BookRecord book) => JsonSerializer.Serialize(book, Default.BookRecord);

    public static NodeRecord ReadNode(string value) => JsonSerializer.Deserialize(value, Default.NodeRecord)!;

    public static string Write(NodeRecord node) => JsonSerializer.Serialize(node, Default.NodeRecord);
}
