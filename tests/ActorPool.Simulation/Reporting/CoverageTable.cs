using System.Globalization;
using System.Text;

namespace ActorPool.Simulation;

/// <summary>How often each cell of one transition table was visited.</summary>
sealed class CoverageTable(string name, string[] rows, string[] columns, long[,] visits, Func<int, int, bool> isLegal)
{
    /// <summary>The legal cells that nobody has visited.</summary>
    public IEnumerable<string> Missed =>
        from row in Enumerable.Range(0, rows.Length)
        from column in Enumerable.Range(0, columns.Length)
        where isLegal(row, column) && visits[row, column] == 0
        select $"{rows[row]} × {columns[column]}";

    public override string ToString()
    {
        var legal = 0;
        var text = new StringBuilder();
        for (var row = 0; row < rows.Length; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {rows[row],-10}");
            for (var column = 0; column < columns.Length; column++)
            {
                legal += isLegal(row, column) ? 1 : 0;
                text.Append(isLegal(row, column) ? $" {columns[column]} {visits[row, column]}" : visits[row, column] > 0 ? $" {columns[column]} ILLEGAL {visits[row, column]}" : "");
            }

            text.AppendLine();
        }

        var missed = Missed.ToArray();
        return $"{name} transitions: {legal - missed.Length} of {legal} legal cells visited{(missed.Length == 0 ? "" : $", not {string.Join(", ", missed)}")}{Environment.NewLine}{text}";
    }
}
