namespace ActorPool.Routing;

/// <summary>A message to a <see cref="PoolRouter"/>, which writes its answer into it.</summary>
struct RouterMessage
{
    public RouterRequest Request;

    /// <summary>What the router has to say.</summary>
    public RouterAnswer Answer;

    /// <summary>Get, TryGet: whose pool.</summary>
    public Endpoint? Endpoint;

    /// <summary>FindByName: the endpoint as the caller writes it. Get: the same, to be remembered.</summary>
    public string? Name;

    /// <summary>Get and its kin: the answer. Reports: which pool.</summary>
    public RoutedPool? Pool;

    /// <summary>Made: the answer, a pool that has to go.</summary>
    public RoutedPool? PutOut;

    /// <summary>Get and its kin: the answer, a pool that somebody has closed, and whose end the router is to be told.</summary>
    public RoutedPool? Gone;

    /// <summary>List, Close: the answer.</summary>
    public RoutedPool[]? All;

    public static RouterMessage Get(Endpoint endpoint, string? name = null) => new()
    {
        Request = RouterRequest.Get,
        Endpoint = endpoint,
        Name = name,
    };

    public static RouterMessage TryGet(Endpoint endpoint, string? name = null) => new()
    {
        Request = RouterRequest.TryGet,
        Endpoint = endpoint,
        Name = name,
    };

    public static RouterMessage FindByName(string name) => new()
    {
        Request = RouterRequest.FindByName,
        Name = name,
    };

    public static RouterMessage Report(RouterRequest request, RoutedPool pool) => new()
    {
        Request = request,
        Pool = pool,
    };

    public static RouterMessage Command(RouterRequest request) => new()
    {
        Request = request,
    };

    public override readonly string ToString() => Request.ToString();
}
