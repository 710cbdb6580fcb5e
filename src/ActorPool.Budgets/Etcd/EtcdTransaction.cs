using System.Globalization;
using System.Text;

namespace ActorPool.Budgets.Etcd;

/// <summary>A transaction in etcd's words, and its answer back. What is compared is the revision of the key's last change, 0 if it is not there.</summary>
/// <param name="keyPrefix">What the keys of all budgets begin with.</param>
/// <param name="transaction">What to do.</param>
sealed class EtcdTransaction(string keyPrefix, GrantTransaction transaction)
{
    // etcd's --max-txn-ops, as it is by default.
    const int OperationsMax = 128;

    readonly string _prefix = $"{keyPrefix}/{transaction.Budget}/";

    /// <summary>Whether it may be sent again without knowing what became of the first.</summary>
    public bool IsRead => transaction.Writes.Count == 0;

    public EtcdJson.TxnRequest Request()
    {
        var reads = Reads().ToArray();
        return new(
            [.. transaction.Expected.Select(expectation => new EtcdJson.Compare(Whole(expectation.Key), expectation.Version))],
            [.. transaction.Writes.Select(Operation), .. Bells().Take(OperationsMax - transaction.Writes.Count - reads.Length), .. reads],
            reads);
    }

    public GrantReply Reply(EtcdJson.TxnResponse response)
    {
        var ranges = (response.Responses ?? []).Select(static answer => answer.ResponseRange).OfType<EtcdJson.RangeResponse>().Select(Records).ToList();
        var single = transaction.ReadAll ? 1 : transaction.Read.Count;
        var records = ranges.Take(single).SelectMany(static range => range)
            .Concat(ranges.Skip(single).SelectMany(static range => range).Take(transaction.ReadAfterCount))
            .DistinctBy(static record => record.Key, StringComparer.Ordinal);
        return new GrantReply(
            response.Succeeded,
            response.Succeeded && transaction.Writes.Count > 0 ? response.Header!.Revision : 0,
            response.Header!.ClusterId.ToString("x16", CultureInfo.InvariantCulture),
            response.Header.Revision,
            [.. records]);
    }

    /// <summary>
    /// What watchers of a key watch: not the record, whose owner writes it all the time, but a key beside it that is written when they are to be told. It is no record
    /// of any budget, and goes when the record goes. Beyond what etcd takes at once, nobody is told: nodes look by themselves too.
    /// </summary>
    public static byte[] BellOf(string keyPrefix, string budget, string key) => Encoding.UTF8.GetBytes($"{keyPrefix}/{budget}!/{key}");

    IEnumerable<EtcdJson.RequestOp> Bells()
    {
        var told = transaction.Notify.Distinct(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var gone = transaction.Writes.Where(write => write.Value is null && !told.Contains(write.Key)).Select(static write => write.Key);
        return told.Select(key => new EtcdJson.RequestOp(RequestPut: new(Bell(key), [])))
            .Concat(gone.Select(key => new EtcdJson.RequestOp(RequestDeleteRange: new(Bell(key)))));
    }

    byte[] Bell(string key) => BellOf(keyPrefix, transaction.Budget, key);

    EtcdJson.RequestOp Operation(GrantWrite write) => write.Value is null
        ? new(RequestDeleteRange: new(Whole(write.Key)))
        : new(RequestPut: new(Whole(write.Key), Encoding.UTF8.GetBytes(write.Value)));

    IEnumerable<EtcdJson.RequestOp> Reads()
    {
        if (transaction.ReadAll)
        {
            yield return Range(_prefix, EndOf(_prefix), limit: null);
            yield break;
        }

        foreach (var key in transaction.Read)
        {
            yield return new(RequestRange: new(Whole(key)));
        }

        if (transaction.ReadAfter is not { } after || transaction.ReadAfterCount == 0)
        {
            yield break;
        }

        // Round the ring: what follows as far as the last, then the first as far as here.
        var (first, end) = (_prefix + transaction.ReadAfterPrefix, EndOf(_prefix + transaction.ReadAfterPrefix));
        var (here, next) = (_prefix + after, _prefix + after + '\0');
        foreach (var (from, below) in new[] { (Larger(first, next), end), (first, Smaller(end, here)) })
        {
            if (string.CompareOrdinal(from, below) < 0)
            {
                yield return Range(from, below, transaction.ReadAfterCount);
            }
        }
    }

    IEnumerable<GrantRecord> Records(EtcdJson.RangeResponse range) => (range.Kvs ?? []).Select(found => new GrantRecord(
        Encoding.UTF8.GetString(found.Key)[_prefix.Length..], Encoding.UTF8.GetString(found.Value ?? []), found.ModRevision));

    byte[] Whole(string key) => Encoding.UTF8.GetBytes(_prefix + key);

    static EtcdJson.RequestOp Range(string from, string below, int? limit) =>
        new(RequestRange: new(Encoding.UTF8.GetBytes(from), Encoding.UTF8.GetBytes(below), limit));

    // Keys are ASCII: the next letter is the end of all that begin with this one.
    static string EndOf(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    static string Larger(string left, string right) => string.CompareOrdinal(left, right) > 0 ? left : right;

    static string Smaller(string left, string right) => string.CompareOrdinal(left, right) < 0 ? left : right;
}
