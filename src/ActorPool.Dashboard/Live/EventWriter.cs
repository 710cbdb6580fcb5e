using System.IO.Pipelines;
using System.Text.Json;
using ActorPool.Dashboard.Access;

namespace ActorPool.Dashboard.Live;

/// <summary>Writes the events of one stream.</summary>
sealed class EventWriter(PipeWriter output)
{
    /// <summary>Who they are for, how often pictures come, and what may be done.</summary>
    public void WriteHello(DashboardSettings settings, Rights rights)
    {
        Write("retry: 1000\nevent: hello\ndata: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("title", settings.Title);
            json.WriteNumber("intervalMs", (long)settings.RefreshInterval.TotalMilliseconds);
            json.WriteBoolean("mayOperate", rights.MayOperate);
            if (rights.OperateRefusal is { } refusal)
            {
                json.WriteString("whyNot", refusal);
            }

            json.WriteEndObject();
        }

        Write("\n\n"u8);
    }

    /// <summary>What has changed since the last picture that this stream was sent; everything if there was none.</summary>
    public void WritePicture(Picture next, Picture? last)
    {
        Write("event: picture\ndata: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("version", next.Version);
            json.WriteNumber("skipped", last is null ? 0 : next.Version - last.Version - 1);
            json.WriteNumber("connections", next.Connections);
            json.WriteNumber("tookMs", Math.Round(next.Took.TotalMilliseconds, 2));
            if (last is null || next.MembersSince > last.Version)
            {
                json.WriteStartArray("ids");
                foreach (var number in next.Numbers)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
            }

            if (last is null || next.BudgetsSince > last.Version)
            {
                json.WriteStartArray("budgets");
                foreach (var budget in next.Budgets)
                {
                    json.WriteRawValue(budget.Json, skipInputValidation: true);
                }

                json.WriteEndArray();
            }

            if (last is null ? next.Nodes.Length > 0 : next.NodesSince > last.Version)
            {
                json.WriteStartArray("nodes");
                foreach (var node in next.Nodes)
                {
                    json.WriteRawValue(node.Json, skipInputValidation: true);
                }

                json.WriteEndArray();
            }

            json.WriteStartArray("pools");
            foreach (var row in next.Rows)
            {
                if (last is null || row.ChangedAt > last.Version)
                {
                    json.WriteRawValue(row.Json, skipInputValidation: true);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Write("\n\n"u8);
    }

    public void WriteAgain() => Write("event: again\ndata: {}\n\n"u8);

    /// <summary>Waits while the reader has more than it can take.</summary>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    void Write(ReadOnlySpan<byte> bytes)
    {
        var span = output.GetSpan(bytes.Length);
        bytes.CopyTo(span);
        output.Advance(bytes.Length);
    }
}
