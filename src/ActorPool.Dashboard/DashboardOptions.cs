namespace ActorPool.Dashboard;

/// <summary>Who may see and do what on the page, and how it is kept up to date. Read once, when the page is mapped.</summary>
public sealed class DashboardOptions
{
    /// <summary>The page's heading. Default "Connection pools".</summary>
    public string Title { get; set; } = "Connection pools";

    /// <summary>
    /// The name of the authorization policy that lets a user see the page. Null, the default: it is shown to a browser on this
    /// machine, which addresses it as <c>localhost</c>, <c>127.0.0.1</c> or <c>[::1]</c> and comes through no proxy; to nobody else.
    /// </summary>
    public string? ReadPolicy { get; set; }

    /// <summary>
    /// The name of the authorization policy that lets a user, who must be allowed to see the page too, pause, resize, evict, warm
    /// up and drain. Null, the default: nobody may. Needs <c>services.AddAntiforgery()</c>.
    /// </summary>
    public string? OperatePolicy { get; set; }

    /// <summary>
    /// How often pools are looked at while somebody has the page open; nobody looks while nobody does. Default 500 ms;
    /// 100 ms to 1 min.
    /// </summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many pages may be open at once; the next is told to come again. Default 100; 1 to 10,000.</summary>
    public int MaxSubscribers { get; set; } = 100;

    /// <summary>
    /// Whose pools are shown. Empty, the default: those of the container's <see cref="PoolRuntime"/>, or of
    /// <see cref="PoolRuntime.Default"/> if it has none.
    /// </summary>
    public IList<PoolRuntime> Runtimes { get; } = [];
}
