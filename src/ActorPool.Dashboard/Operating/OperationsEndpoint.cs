using ActorPool.Dashboard.Access;
using ActorPool.Dashboard.Details;
using ActorPool.Dashboard.Live;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Dashboard.Operating;

/// <summary>
/// Carries out what the page's buttons ask for. Each is asked for its right, for the antiforgery token, and for the name of the
/// pool that is meant; each is logged with who did it.
/// </summary>
sealed class OperationsEndpoint(DashboardSettings settings, PoolSource pools)
{
    /// <summary>How long an answer waits for an operation that takes time; then the operation goes on without it.</summary>
    static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(3);

    /// <summary><c>GET token</c>: what operations have to bring along, and in which header.</summary>
    public static Task TokenAsync(HttpContext context, Rights rights)
    {
        if (rights.OperateRefusal is { } refusal)
        {
            return Answer.ErrorAsync(context, StatusCodes.Status403Forbidden, refusal);
        }

        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        SafeHeadersAgain(context);
        return tokens.HeaderName is { } header
            ? Answer.SendAsync(context, StatusCodes.Status200OK, (header, token: tokens.RequestToken), static (json, state) =>
            {
                json.WriteString("header", state.header);
                json.WriteString("token", state.token);
            })
            : Answer.ErrorAsync(
                context,
                StatusCodes.Status500InternalServerError,
                "Operations need AntiforgeryOptions.HeaderName, which is null: the token is sent in a header.");
    }

    /// <summary><c>POST operations/evict</c> and so on.</summary>
    public async Task OperateAsync(HttpContext context, Rights rights)
    {
        var name = context.GetRouteValue("operation") as string;
        var request = await OperationRequest.ReadAsync(context.Request).ConfigureAwait(false);
        if (rights.OperateRefusal is { } refusal)
        {
            await RefuseAsync(context, request, name, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
        }
        else if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context).ConfigureAwait(false))
        {
            await RefuseAsync(
                context, request, name, StatusCodes.Status400BadRequest, "The antiforgery token is missing or out of date. Load the page again.")
                .ConfigureAwait(false);
        }
        else if (request is null || PoolOperation.Of(name, request) is not { } operation)
        {
            await RefuseAsync(
                context, request, name, StatusCodes.Status400BadRequest, "This is no operation of a pool, or lacks what it needs.")
                .ConfigureAwait(false);
        }
        else if (pools.Find(request.Pool) is not { } pool || Text.Bounded(pool.Name, Text.NameMax) != request.Name)
        {
            await DetailsEndpoint.NoPoolAsync(context).ConfigureAwait(false);
        }
        else
        {
            await CarryOutAsync(context, pool, operation).ConfigureAwait(false);
        }
    }

    async Task CarryOutAsync(HttpContext context, IConnectionPool pool, PoolOperation operation)
    {
        var user = UserOf(context);
        try
        {
            var done = pool.ExecuteAsync(operation.Command);
            var snapshot = await IsDoneInTimeAsync(done).ConfigureAwait(false) ? await done.ConfigureAwait(false) : null;
            if (snapshot is null)
            {
                DashboardLog.OperationBegun(settings.Logger, pool.Name, user, operation.Words);
                _ = LogEndAsync(done, pool, user, operation);
            }
            else
            {
                DashboardLog.Operated(settings.Logger, pool.Name, user, operation.Words);
            }

            await Answer.SendAsync(
                context,
                StatusCodes.Status200OK,
                (Number: pools.NumberOf(pool), Snapshot: snapshot ?? pool.Snapshot(), GoesOn: snapshot is null),
                static (json, state) =>
                {
                    json.WriteBoolean("goesOn", state.GoesOn);
                    json.WriteStartObject("pool");
                    PoolRow.WriteMembers(json, state.Number, state.Snapshot, rates: null);
                    json.WriteEndObject();
                }).ConfigureAwait(false);
        }
        catch (Exception error) when (error is PoolException or ArgumentException)
        {
            var line = Text.Bounded(error.Message, Text.ErrorMax);
            DashboardLog.OperationFailed(settings.Logger, pool.Name, user, operation.Words, line);
            await Answer.ErrorAsync(
                context, error is ArgumentException ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict, line).ConfigureAwait(false);
        }
    }

    async Task<bool> IsDoneInTimeAsync(Task done)
    {
        try
        {
            await done.WaitAsync(WaitMax, settings.Time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return done.IsCompleted;
        }
    }

    async Task LogEndAsync(Task done, IConnectionPool pool, string user, PoolOperation operation)
    {
        try
        {
            await done.ConfigureAwait(false);
            DashboardLog.Operated(settings.Logger, pool.Name, user, operation.Words);
        }
#pragma warning disable CA1031 // whatever became of it, it is written down
        catch (Exception error)
#pragma warning restore CA1031
        {
            DashboardLog.OperationFailed(settings.Logger, pool.Name, user, operation.Words, Text.Bounded(error.Message, Text.ErrorMax));
        }
    }

    Task RefuseAsync(HttpContext context, OperationRequest? request, string? name, int status, string refusal)
    {
        DashboardLog.OperationRefused(
            settings.Logger,
            Text.Bounded(request?.Name ?? "?", Text.NameMax),
            UserOf(context),
            Text.Bounded(name ?? "?", Text.NameMax),
            refusal);
        return Answer.ErrorAsync(context, status, refusal);
    }

    static string UserOf(HttpContext context) => Text.Bounded(context.User.Identity?.Name ?? "somebody without a name", Text.NameMax);

    /// <summary>Antiforgery has its own mind about frames and caches.</summary>
    static void SafeHeadersAgain(HttpContext context) => Assets.SafeHeaders.Put(context.Response);
}
