using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorPool.Dashboard.Tests.Hosting;

/// <summary>Users who say in a header who they are: a reader may look, an operator may operate, a stranger neither.</summary>
static class TestUsers
{
    public const string Header = "X-Test-User";
    public const string Reader = "reader";
    public const string Operator = "operator";
    public const string Stranger = "stranger";
    public const string ReadPolicy = "see-pools";
    public const string OperatePolicy = "operate-pools";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, Handler>("test", _ => { });
        services.AddAuthorization(options =>
        {
            options.AddPolicy(ReadPolicy, policy => policy.RequireRole(Reader, Operator));
            options.AddPolicy(OperatePolicy, policy => policy.RequireRole(Operator));
        });
        services.AddAntiforgery();
    }

    sealed class Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[Header] is not [{ } user])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, $"the {user}"), new Claim(ClaimTypes.Role, user)], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
