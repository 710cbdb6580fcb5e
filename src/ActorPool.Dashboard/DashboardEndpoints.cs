using ActorPool.Dashboard.Access;
using ActorPool.Dashboard.Assets;
using ActorPool.Dashboard.Details;
using ActorPool.Dashboard.Live;
using ActorPool.Dashboard.Operating;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.Dashboard;

/// <summary>Everything that the page asks for, each behind the same door.</summary>
sealed class DashboardEndpoints
{
    readonly DashboardSettings _settings;
    readonly AccessGuard _guard;

    DashboardEndpoints(DashboardSettings settings)
    {
        _settings = settings;
        _guard = new AccessGuard(settings);
    }

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern, DashboardSettings settings)
    {
        var self = new DashboardEndpoints(settings);
        var pools = new PoolSource(settings.Runtimes);
        var journals = new PoolJournals(pools, settings.Time);
        var sampler = new PoolSampler(settings, pools, journals);
        var details = new DetailsEndpoint(pools, journals);
        var operations = new OperationsEndpoint(settings, pools);
        var stopping = endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var live = new LiveEndpoint(settings, sampler, stopping);

        var group = endpoints.MapGroup(pattern);
        group.MapGet("", self.Guarded(static (context, _) => IndexAsync(context), isPage: true));
        foreach (var asset in PageAssets.All.Where(asset => asset.Name != PageAssets.Index))
        {
            group.MapGet(asset.Name, self.Guarded((context, _) => asset.SendAsync(context)));
        }

        group.MapGet("live", self.Guarded(live.StreamAsync));
        group.MapGet("pool", self.Guarded((context, _) => details.PoolAsync(context)));
        group.MapGet("connection", self.Guarded((context, _) => details.ConnectionAsync(context)));
        group.MapGet("token", self.Guarded(OperationsEndpoint.TokenAsync));
        group.MapPost("operations/{operation}", self.Guarded(operations.OperateAsync));
        if (settings.ReadPolicy is { } policy)
        {
            group.RequireAuthorization(policy);
        }

        return group.WithDisplayName("ActorPool.Dashboard");
    }

    /// <summary>The page lies in a folder, from which it loads its files by relative addresses: whatever is in front of the application.</summary>
    static Task IndexAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.EndsWith('/') && context.Request.PathBase.Value + path is { Length: > 0 } address)
        {
            context.Response.Redirect(string.Concat(address.AsSpan(address.LastIndexOf('/') + 1), "/", context.Request.QueryString.Value));
            return Task.CompletedTask;
        }

        return PageAssets.All.Single(asset => asset.Name == PageAssets.Index).SendAsync(context);
    }

    RequestDelegate Guarded(Func<HttpContext, Rights, Task> serve, bool isPage = false) => async context =>
    {
        SafeHeaders.Put(context.Response);
        var rights = await _guard.RightsOfAsync(context).ConfigureAwait(false);
        var refusal = rights.ReadRefusal
            ?? (isPage && SameOrigin.IsNavigation(context.Request) ? null : SameOrigin.Refusal(context.Request));
        if (refusal is null)
        {
            await serve(context, rights).ConfigureAwait(false);
            return;
        }

        DashboardLog.Refused(
            _settings.Logger,
            Text.Bounded(context.Request.Path.Value ?? "", Text.NameMax),
            context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address",
            refusal);
        await Answer.ErrorAsync(context, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
    };
}
