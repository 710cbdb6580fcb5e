namespace ActorPool.Budgets.Engines;

/// <summary>What a transaction must be like for any engine to take it; whoever breaks a rule is wrong, not unlucky.</summary>
static class TransactionRules
{
    /// <summary>How many keys a transaction may expect, and how many it may write and read together.</summary>
    public const int KeysMax = 100;

    const int KeyLengthMax = 200;
    const int ReadAfterMax = 100;

    /// <exception cref="ArgumentException">A rule is broken; the message says which.</exception>
    public static void Check(GrantTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (Problem(transaction) is { } problem)
        {
            throw new ArgumentException($"No engine commits this transaction: {problem}.", nameof(transaction));
        }
    }

    static string? Problem(GrantTransaction transaction) =>
        !IsKey(transaction.Budget) || transaction.Budget.Contains('/', StringComparison.Ordinal) ? $"'{transaction.Budget}' is no budget, which is 1 to {KeyLengthMax} letters, digits, '.', '_' and '-'"
        : transaction.Expected.Count > KeysMax || transaction.Writes.Count + transaction.Read.Count > KeysMax
            ? $"it expects {transaction.Expected.Count} keys, writes {transaction.Writes.Count} and reads {transaction.Read.Count}; {KeysMax} are allowed, and {KeysMax} of the others together (etcd has a limit of 128)"
        : KeyProblem(transaction) ?? WriteProblem(transaction)
            ?? (transaction.ReadAfterCount is < 0 or > ReadAfterMax
                ? $"it reads {transaction.ReadAfterCount} records after one; 0 to {ReadAfterMax} are allowed"
                : null);

    static string? KeyProblem(GrantTransaction transaction) =>
        transaction.Expected.Select(static expectation => expectation.Key).Concat(transaction.Read).Concat(transaction.Notify).FirstOrDefault(static key => !IsKey(key)) is { } wrong
            ? $"'{wrong}' is no key, which is 1 to {KeyLengthMax} letters, digits, '/', '.', '_' and '-'"
            : null;

    static string? WriteProblem(GrantTransaction transaction)
    {
        if (transaction.Writes.Count == 0 && transaction.Expected.Count > 0)
        {
            return "it expects something but writes nothing";
        }

        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var expectation in transaction.Expected)
        {
            if (!expected.Add(expectation.Key))
            {
                return $"it expects '{expectation.Key}' twice";
            }
        }

        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in transaction.Writes)
        {
            if (!written.Add(write.Key) || !expected.Contains(write.Key))
            {
                return $"it writes '{write.Key}' twice, or without expecting a version of it";
            }
        }

        return null;
    }

    static bool IsKey(string key) => key is { Length: > 0 and <= KeyLengthMax } && key.All(IsAllowed);

    static bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-';
}
