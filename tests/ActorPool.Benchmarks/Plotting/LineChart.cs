namespace ActorPool.Benchmarks.Plotting;

/// <summary>Lines: how a figure changes with another.</summary>
sealed record LineChart(string Name, string Title, Axis X, Axis Y, IReadOnlyList<Series> Series) : Chart(Name, Title)
{
    const int Width = 800;
    const int Height = 400;
    const int Left = 72;
    const int Right = 560;
    const int Top = 48;
    const int Bottom = 340;
    const int LineHeight = 16;
    const string Ink = "#444444";
    const string Grid = "#e4e4e4";

    public override string ToSvg()
    {
        var drawing = new Drawing(Width, Height, Title);
        var x = new Scale(X, Series.SelectMany(static series => series.Points.Select(static point => point.X)), Left, Right);
        var y = new Scale(Y, Series.SelectMany(static series => series.Points.Select(static point => point.Y)), Bottom, Top);
        foreach (var tick in x.Ticks)
        {
            drawing.Line(x[tick], Top, x[tick], Bottom, Grid);
            drawing.Text(x[tick], Bottom + 18, Drawing.Short(tick), "middle", Ink);
        }

        foreach (var tick in y.Ticks)
        {
            drawing.Line(Left, y[tick], Right, y[tick], Grid);
            drawing.Text(Left - 8, y[tick] + 4, Drawing.Short(tick), "end", Ink);
        }

        drawing.Text((Left + Right) / 2.0, Bottom + 40, X.Title, "middle", Ink);
        drawing.Upwards(20, (Top + Bottom) / 2.0, Y.Title, Ink);
        var ends = new List<(double Y, string Name, string Colour)>();
        foreach (var (number, series) in Series.Index())
        {
            var points = series.Points.Where(point => x.Has(point.X) && y.Has(point.Y)).Select(point => (x[point.X], y[point.Y])).ToArray();
            if (points.Length > 0)
            {
                drawing.Path(points, Drawing.Colour(number));
                ends.Add((points[^1].Item2, series.Name, Drawing.Colour(number)));
            }
        }

        // Each line is named at its end; where two end close together, the names stand below each other.
        var free = double.NegativeInfinity;
        foreach (var (at, name, colour) in ends.OrderBy(static end => end.Y))
        {
            free = Math.Max(at, free + LineHeight);
            drawing.Text(Right + 10, free + 4, name, "start", colour);
        }

        return drawing.ToString();
    }
}
