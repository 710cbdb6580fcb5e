using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Dashboard.Tests;

/// <summary>What the README shows, compiled.</summary>
static class ReadmeSamples
{
    public static void FiveLines(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<PoolRuntime>();
        var app = builder.Build();
        app.MapActorPool("/pools");
        app.Run();
    }

    public static void AddPolicies(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthorization(options =>
        {
            options.AddPolicy("see-pools", policy => policy.RequireRole("developer", "operator"));
            options.AddPolicy("operate-pools", policy => policy.RequireRole("operator"));
        });
        builder.Services.AddAntiforgery();
    }

    public static void UsePolicies(WebApplication app)
    {
        app.MapActorPool("/pools", dashboard =>
        {
            dashboard.ReadPolicy = "see-pools";
            dashboard.OperatePolicy = "operate-pools";
        });
    }
}
