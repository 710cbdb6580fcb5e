using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ActorPool.Budgets.Book;

/// <summary>What an engine's answer shows of a budget's records.</summary>
sealed class BookPage
{
    BookPage(Entry<BookRecord>? book, IReadOnlyList<Entry<NodeRecord>> nodes, string incarnation, long revision)
    {
        Book = book;
        Nodes = nodes;
        Incarnation = incarnation;
        Revision = revision;
    }

    /// <summary>The book, if it was read and is there.</summary>
    public Entry<BookRecord>? Book { get; }

    /// <summary>The nodes that were read.</summary>
    public IReadOnlyList<Entry<NodeRecord>> Nodes { get; }

    /// <summary>Which life of the engine answered.</summary>
    public string Incarnation { get; }

    /// <summary>How much the engine had been through.</summary>
    public long Revision { get; }

    /// <summary>The node with this key, if it was read and is there.</summary>
    public Entry<NodeRecord>? Node(string key) => Nodes.FirstOrDefault(node => node.Key == key);

    /// <summary>Reads an answer; false if a record is none of this form's.</summary>
    public static bool TryRead(GrantReply reply, [NotNullWhen(true)] out BookPage? page, out string? unreadable)
    {
        Entry<BookRecord>? book = null;
        var nodes = new List<Entry<NodeRecord>>(reply.Records.Count);
        page = null;
        foreach (var record in reply.Records)
        {
            unreadable = record.Key;
            try
            {
                if (record.Key == BookKeys.Book)
                {
                    book = Read(record, BookJson.Default.BookRecord);
                    if (book.Record.Form != BookRecord.CurrentForm)
                    {
                        return false;
                    }
                }
                else if (record.Key.StartsWith(BookKeys.NodePrefix, StringComparison.Ordinal))
                {
                    var node = Read(record, BookJson.Default.NodeRecord);
                    nodes.Add(node.Record.Asks.IsDefault ? node with { Record = node.Record with { Asks = [] } } : node);
                }
            }
            catch (JsonException)
            {
                return false;
            }
        }

        unreadable = null;
        page = new BookPage(book, nodes, reply.Incarnation, reply.Revision);
        return true;
    }

    static Entry<TRecord> Read<TRecord>(GrantRecord record, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TRecord> type)
        where TRecord : class =>
        new(record.Key, JsonSerializer.Deserialize(record.Value, type) ?? throw new JsonException("null is no record"), record.Version);
}
