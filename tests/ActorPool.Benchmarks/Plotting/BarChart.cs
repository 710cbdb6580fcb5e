namespace ActorPool.Benchmarks.Plotting;

/// <summary>Horizontal bars in groups: the same figure of several candidates, in several situations.</summary>
/// <param name="Unit">What the bars measure.</param>
/// <param name="Groups">The situations. Candidates keep their colours from group to group.</param>
sealed record BarChart(string Name, string Title, string Unit, IReadOnlyList<BarGroup> Groups) : Chart(Name, Title)
{
    const int Width = 760;
    const int Left = 300;
    const int Right = 680;
    const int Top = 48;
    const int BarHeight = 18;
    const int GroupGap = 34;
    const string Ink = "#444444";
    const string Grid = "#e4e4e4";

    public override string ToSvg()
    {
        var names = Groups.SelectMany(static group => group.Bars.Select(static bar => bar.Name)).Distinct(StringComparer.Ordinal).ToList();
        var bottom = Top + Groups.Sum(static group => (group.Bars.Count * BarHeight) + GroupGap);
        var drawing = new Drawing(Width, bottom + 48, Title);
        var scale = new Scale(new Axis(Unit), Groups.SelectMany(static group => group.Bars.Select(static bar => bar.Value)), Left, Right);
        foreach (var tick in scale.Ticks)
        {
            drawing.Line(scale[tick], Top, scale[tick], bottom, Grid);
            drawing.Text(scale[tick], bottom + 18, Drawing.Short(tick), "middle", Ink);
        }

        drawing.Text((Left + Right) / 2.0, bottom + 38, Unit, "middle", Ink);
        double y = Top;
        foreach (var group in Groups)
        {
            drawing.Text(16, y + 18, group.Name, "start", "#111111", size: 13);
            y += 24;
            foreach (var bar in group.Bars)
            {
                var value = double.IsFinite(bar.Value) ? bar.Value : 0;
                drawing.Text(Left - 8, y + 13, bar.Name, "end", Ink);
                drawing.Box(Left, y + 2, Math.Max(1, scale[value] - Left), BarHeight - 4, Drawing.Colour(names.IndexOf(bar.Name)));
                drawing.Text(Math.Max(Left, scale[value]) + 6, y + 13, Drawing.Short(value), "start", Ink);
                y += BarHeight;
            }

            y += GroupGap - 24;
        }

        return drawing.ToString();
    }
}
