using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ActorPool.Dashboard;

/// <summary>Answers in JSON, written by hand so that nothing depends on reflection.</summary>
static class Answer
{
    const string Json = "application/json; charset=utf-8";

    /// <summary>One line that says what is wrong, as <c>{"error": "…"}</c>.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string line) =>
        SendAsync(context, status, line, static (json, text) => json.WriteString("error", text));

    /// <summary>One object.</summary>
    public static async Task SendAsync<TState>(HttpContext context, int status, TState state, Action<Utf8JsonWriter, TState> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        var json = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            write(json, state);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
