using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Dashboard.Access;

/// <summary>
/// Decides what a request may do. The middleware has asked for the policies of the endpoint before, and sent who is not known
/// to log in; they are asked here again, so that nothing is open where the middleware is missing or was told to look away.
/// </summary>
sealed class AccessGuard(DashboardSettings settings)
{
    public const string Off = "Operations are off. Set OperatePolicy in MapActorPool to allow them.";

    public async ValueTask<Rights> RightsOfAsync(HttpContext context)
    {
        var readRefusal = await ReadRefusalAsync(context).ConfigureAwait(false);
        return new Rights(readRefusal, readRefusal ?? await OperateRefusalAsync(context).ConfigureAwait(false));
    }

    static async ValueTask<string?> ReadRefusalAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var wanted = metadata?.GetOrderedMetadata<IAuthorizeData>() ?? [];
        var policies = metadata?.GetOrderedMetadata<AuthorizationPolicy>() ?? [];
        if (wanted.Count == 0 && policies.Count == 0)
        {
            return LoopbackRule.Refusal(context);
        }

        var policy = await AuthorizationPolicy
            .CombineAsync(context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>(), wanted, policies)
            .ConfigureAwait(false);
        return policy is not null && await IsMetAsync(policy, context).ConfigureAwait(false)
            ? null
            : "You may not see the dashboard: its ReadPolicy does not let you.";
    }

    async ValueTask<string?> OperateRefusalAsync(HttpContext context)
    {
        if (settings.OperatePolicy is null)
        {
            return Off;
        }

        var policy = await context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>()
            .GetPolicyAsync(settings.OperatePolicy).ConfigureAwait(false);
        return policy is not null && await IsMetAsync(policy, context).ConfigureAwait(false)
            ? null
            : "You may look, but not operate: the dashboard's OperatePolicy does not let you.";
    }

    static async ValueTask<bool> IsMetAsync(AuthorizationPolicy policy, HttpContext context)
    {
        var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var user = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        return (await evaluator.AuthorizeAsync(policy, user, context, context).ConfigureAwait(false)).Succeeded;
    }
}
