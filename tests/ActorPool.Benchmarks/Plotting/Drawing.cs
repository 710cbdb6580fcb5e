using System.Globalization;
using System.Net;
using System.Text;

namespace ActorPool.Benchmarks.Plotting;

/// <summary>An SVG picture on its way: a white sheet, so that it can be read on any page.</summary>
sealed class Drawing
{
    /// <summary>Colours that are told apart also by those who see few (Okabe and Ito, "Color Universal Design", 2008).</summary>
    static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555"];

    const int DotsMax = 50;

    readonly StringBuilder _body = new();
    readonly int _width;
    readonly int _height;

    public Drawing(int width, int height, string title)
    {
        (_width, _height) = (width, height);
        Write($"""<rect width="{width}" height="{height}" rx="6" fill="#ffffff"/>""");
        Text(16, 26, title, "start", "#111111", size: 15);
    }

    /// <summary>The colour of the candidate with this number.</summary>
    public static string Colour(int number) => Colours[number % Colours.Length];

    /// <summary>A number as one would say it: 1.5, 20k, 3M.</summary>
    public static string Short(double number) => Math.Abs(number) switch
    {
        >= 1e9 => (number / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + "G",
        >= 1e6 => (number / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (number / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        >= 100 => number.ToString("0", CultureInfo.InvariantCulture),
        _ => number.ToString("0.##", CultureInfo.InvariantCulture),
    };

    public void Line(double x1, double y1, double x2, double y2, string colour) =>
        Write($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}"/>""");

    public void Box(double x, double y, double width, double height, string colour) =>
        Write($"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{colour}"/>""");

    /// <summary>A line through points, each with a dot if there are few of them.</summary>
    public void Path(IReadOnlyList<(double X, double Y)> points, string colour)
    {
        var corners = string.Join(' ', points.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        Write($"""<polyline points="{corners}" fill="none" stroke="{colour}" stroke-width="{(points.Count > DotsMax ? 1.5 : 2)}"/>""");
        foreach (var (x, y) in points.Count > DotsMax ? [] : points)
        {
            Write($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="2.5" fill="{colour}"/>""");
        }
    }

    public void Text(double x, double y, string text, string anchor, string colour, int size = 12) =>
        Write($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">{WebUtility.HtmlEncode(text)}</text>""");

    /// <summary>A text that is read from bottom to top.</summary>
    public void Upwards(double x, double y, string text, string colour) =>
        Write($"""<text x="{x:0.#}" y="{y:0.#}" transform="rotate(-90 {x:0.#} {y:0.#})" text-anchor="middle" font-size="12" fill="{colour}">{WebUtility.HtmlEncode(text)}</text>""");

    public override string ToString() =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{_width}" height="{_height}" viewBox="0 0 {_width} {_height}" font-family="system-ui, sans-serif">
        {_body}</svg>

        """;

    void Write(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
