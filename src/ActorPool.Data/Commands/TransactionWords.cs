using System.Buffers;

namespace ActorPool.Data.Commands;

/// <summary>
/// Finds command texts that may begin a transaction: those with a statement that starts with <c>BEGIN</c> or <c>START</c>. No
/// provider tells of such a one. A false alarm costs a needless rollback at return, a miss would leave a transaction to the
/// next holder: whatever follows a semicolon counts as a statement, wherever it stands.
/// </summary>
static class TransactionWords
{
    const int WordLength = 5;

    static readonly SearchValues<string> Words = SearchValues.Create(["begin", "start"], StringComparison.OrdinalIgnoreCase);

    public static bool MayBegin(string text)
    {
        var all = text.AsSpan();
        var from = 0;
        while (all[from..].IndexOfAny(Words) is >= 0 and var found)
        {
            var at = from + found;
            from = at + WordLength;
            if (EndsWord(all[from..]) && StartsStatement(all[..at]))
            {
                return true;
            }
        }

        return false;
    }

    static bool EndsWord(ReadOnlySpan<char> after) => after.IsEmpty || !(char.IsLetterOrDigit(after[0]) || after[0] == '_');

    // Before a statement is nothing, a semicolon, or a comment.
    static bool StartsStatement(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd();
        return before.IsEmpty
            || before[^1] == ';'
            || before.EndsWith("*/", StringComparison.Ordinal)
            || before[(before.LastIndexOf('\n') + 1)..].Contains("--", StringComparison.Ordinal);
    }
}
