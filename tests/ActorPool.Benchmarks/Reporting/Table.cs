using System.Text;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>
/// A Markdown table that is also readable as it stands: the first column flush left, the others right.
/// </summary>
sealed class Table(params string[] heads)
{
    readonly List<string[]> _rows = [heads];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = heads.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            Append(text, row.Select((cell, column) => Pad(cell, column, widths[column])));
            if (ReferenceEquals(row, heads))
            {
                Append(text, widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":"));
            }
        }

        return text.ToString();
    }

    static string Pad(string cell, int column, int width) => column == 0 ? cell.PadRight(width) : cell.PadLeft(width);

    static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}
