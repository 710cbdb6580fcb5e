using System.Globalization;
using System.Text;

namespace ActorPool.Redis.Tests.Protocol;

/// <summary>
/// Any reply, as a server would write it, and as it has to be read: drawn by a list of choices, so that what fails can be
/// cut down by leaving out choices.
/// </summary>
sealed class ReplyDraw(byte[] choices)
{
    const int DepthMax = 4;

    readonly List<byte> _bytes = [];
    int _next;

    public byte[] Bytes => [.. _bytes];

    /// <summary>Whether there are choices left.</summary>
    public bool HasMore => _next < choices.Length;

    /// <summary>Writes a reply; the result is what <see cref="Dump"/> has to say of it.</summary>
    public string Next(int depth = 0)
    {
        var kind = Choose(depth < DepthMax ? 17 : 12);
        switch (kind)
        {
            case 0:
                Line("_");
                return "null";
            case 1:
                Line("$-1");
                return "null";
            case 2:
                Line("*-1");
                return "null";
            case 3:
                var number = (long)BitConverter.ToInt64([.. Enumerable.Range(0, 8).Select(_ => (byte)Choose(256))]);
                Line($":{number}");
                return $"integer {number}";
            case 4:
                Line(Choose(2) == 0 ? "#t" : "#f");
                return $"boolean {_bytes[^3] == 't'}";
            case 5:
                var real = Real();
                Line($",{real.Text}");
                return $"double {real.Value.ToString("R", CultureInfo.InvariantCulture)}";
            case 6:
                var digits = $"{(Choose(2) == 0 ? "-" : "")}{new string((char)('1' + Choose(9)), 1 + Choose(60))}";
                Line($"({digits}");
                return $"BigNumber {Dump.Hex(digits)}";
            case 7:
                var simple = Simple();
                Line($"+{simple}");
                return $"SimpleString {Dump.Hex(simple)}";
            case 8:
                var error = $"ERR {Simple()}";
                Line($"-{error}");
                return $"error {Dump.Hex(error)}";
            case 9:
                return $"error {Text('!', "")}";
            case 10:
                return $"VerbatimString {Text('=', "txt:")}";
            case 11:
                return $"BulkString {Text('$', "")}";
            case 12 or 13:
                return List('*', "Array", 1, depth);
            case 14:
                return List('~', "Set", 1, depth);
            case 15:
                return List('%', "Map", 2, depth);
            default:
                // an attribute says something about what follows, and nobody asks
                var pairs = Choose(3);
                Line($"|{pairs}");
                for (var i = 0; i < 2 * pairs; i++)
                {
                    Next(depth + 1);
                }

                return Next(depth + 1);
        }
    }

    string List(char type, string name, int each, int depth)
    {
        var count = Choose(5);
        Line($"{type}{count}");
        return $"{name}[{string.Join(", ", Enumerable.Range(0, count * each).Select(_ => Next(depth + 1)).ToList())}]";
    }

    string Text(char type, string prefix)
    {
        var size = Choose(8) == 0 ? 9_000 * Choose(4) : Choose(50);
        var seed = Choose(256);
        var text = Enumerable.Range(0, size).Select(i => (byte)(seed * 31 + i * 7 % 256)).ToArray();
        Line($"{type}{prefix.Length + size}");
        _bytes.AddRange(Encoding.ASCII.GetBytes(prefix));
        _bytes.AddRange(text);
        _bytes.AddRange("\r\n"u8);
        return Dump.Hex(text);
    }

    (string Text, double Value) Real() => Choose(4) switch
    {
        0 => ("inf", double.PositiveInfinity),
        1 => ("-inf", double.NegativeInfinity),
        2 => ("nan", double.NaN),
        _ => Choose(200) is var value && Choose(2) == 0
            ? ($"{value}", value)
            : ($"-{value}.25e3", -(value + 0.25) * 1000),
    };

    string Simple() => new([.. Enumerable.Range(0, Choose(30)).Select(_ => (char)(' ' + Choose(90)))]);

    void Line(string text) => _bytes.AddRange(Encoding.ASCII.GetBytes(text + "\r\n"));

    int Choose(int count) => _next < choices.Length ? choices[_next++] % count : 0;
}
