using System.Data.Common;
using ActorPool;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Npgsql;
using Serilog;
using WebApi;
using WebApi.Embedded;
using WebApi.Orders;
using WebApi.Telemetry;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddHoconFile(builder.Configuration["pools"] ?? "pools.conf", optional: false, reloadOnChange: true);
await using var embedded = new EmbeddedServers();
embedded.TellTo(builder.Configuration);

// Serilog and OpenTelemetry, as everywhere
builder.Logging.ClearProviders();
Log.Logger = new LoggerConfiguration().MinimumLevel.Information()
    .MinimumLevel.Override("Microsoft", Serilog.Events.LogEventLevel.Warning)
    .MinimumLevel.Override("System.Net.Http", Serilog.Events.LogEventLevel.Warning)
    .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture)
    .CreateLogger();
builder.Logging.AddSerilog(Log.Logger, dispose: true);
builder.AddTelemetry();

// the pools: what pools.conf says
builder.Services.AddActorPool(
    builder.Configuration.GetSection("actorpool"), pools => pools.AddDatabaseProvider("Npgsql", NpgsqlFactory.Instance));

// what works on them
builder.Services.AddSingleton<IOrders>(services => builder.Configuration.GetSection("actorpool:pools:orders:database").Exists()
    ? new SqlOrders(services.GetRequiredKeyedService<DbDataSource>("orders"))
    : new LineOrders(services.GetRequiredKeyedService<IConnectionPool<Stream>>("orders")));
builder.Services.AddSingleton<Visits>();
builder.Services.AddHttpClient<Prices>(http => http.BaseAddress = new Uri(builder.Configuration["prices:address"]!)).UseHttpPools("prices");

var app = builder.Build();
app.Lifetime.ApplicationStarted.Register(() => Log.Information("Listening at {Addresses}", string.Join(", ", app.Urls)));
app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync });
app.MapActorPool("/pools");

app.MapGet("/", async (Visits visits, CancellationToken token) => $"Visit {await visits.CountAsync(token)}. Pools: /pools, health: /health\n");
app.MapGet("/orders/{id:int}", async (int id, IOrders orders, CancellationToken token) =>
    await orders.FindAsync(id, token) is { } order ? Results.Ok(order) : Results.NotFound());
app.MapPost("/orders", async (string item, int quantity, IOrders orders, CancellationToken token) =>
{
    var order = await orders.AddAsync(item, quantity, token);
    return Results.Created($"/orders/{order.Id}", order);
});
app.MapGet("/prices/{item}", (string item, Prices prices, CancellationToken token) => prices.OfAsync(item, token));

if (builder.Configuration.GetValue<bool>("check"))
{
    return await SelfCheck.RunAsync(app);
}

await app.RunAsync();
return 0;
