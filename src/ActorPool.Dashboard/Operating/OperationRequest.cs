using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ActorPool.Dashboard.Operating;

/// <summary>What is to be done to which pool: the body of a POST.</summary>
/// <param name="Pool">The pool's number.</param>
/// <param name="Name">Its name as the page shows it: a second look at which pool is meant.</param>
sealed record OperationRequest(long Pool, string Name)
{
    /// <summary>A request is a few numbers and a name.</summary>
    public const int BytesMax = 4096;

    public int? Min { get; init; }

    public int? Max { get; init; }

    public int? Connections { get; init; }

    public long? Connection { get; init; }

    public bool IsHard { get; init; }

    /// <summary>Reads one; null if it is none.</summary>
    public static async ValueTask<OperationRequest?> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        var bytes = new byte[BytesMax + 1];
        var length = 0;
        int read;
        while (length < bytes.Length
            && (read = await request.Body.ReadAsync(bytes.AsMemory(length), request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            length += read;
        }

        return length > BytesMax ? null : Parse(bytes.AsMemory(0, length));
    }

    static OperationRequest? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return new OperationRequest(root.GetProperty("pool").GetInt64(), root.GetProperty("name").GetString() ?? "")
            {
                Min = Optional(root, "min")?.GetInt32(),
                Max = Optional(root, "max")?.GetInt32(),
                Connections = Optional(root, "connections")?.GetInt32(),
                Connection = Optional(root, "connection")?.GetInt64(),
                IsHard = Optional(root, "hard")?.GetBoolean() ?? false,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    static JsonElement? Optional(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
