using ActorPool;
using ActorPool.Dashboard;
using Microsoft.AspNetCore.Routing;

#pragma warning disable IDE0130 // where users of ASP.NET Core look for such methods
namespace Microsoft.AspNetCore.Builder;
#pragma warning restore IDE0130

/// <summary>Puts the dashboard into an application.</summary>
public static class ActorPoolEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves a live page about the pools of this process. They are those of <see cref="DashboardOptions.Runtimes"/>; else of the
    /// <see cref="PoolRuntime"/> that the container has; else of <see cref="PoolRuntime.Default"/>. Without
    /// <see cref="DashboardOptions.ReadPolicy"/> it answers browsers on this machine alone, without
    /// <see cref="DashboardOptions.OperatePolicy"/> it only shows.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the page is; everything that it loads is below. Default <c>/pools</c>.</param>
    /// <param name="configure">Sets the options; null leaves the defaults.</param>
    /// <returns>
    /// For conventions of all its endpoints. Whoever is let in by <c>RequireAuthorization</c> may read from anywhere, as with
    /// <see cref="DashboardOptions.ReadPolicy"/>; <c>AllowAnonymous</c> opens nothing.
    /// </returns>
    /// <exception cref="ArgumentException">Options are out of range: all problems are listed.</exception>
    /// <exception cref="InvalidOperationException">A policy is set that does not exist, or authorization or antiforgery is not registered.</exception>
    public static IEndpointConventionBuilder MapActorPool(
        this IEndpointRouteBuilder endpoints, string pattern = "/pools", Action<DashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new DashboardOptions();
        configure?.Invoke(options);
        return DashboardEndpoints.Map(endpoints, pattern, DashboardSettings.From(options, endpoints.ServiceProvider));
    }
}
