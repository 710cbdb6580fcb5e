using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebApi;

/// <summary>Health as JSON, with what each check has to say.</summary>
static class HealthAnswer
{
    public static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(
            static entry => entry.Key,
            static entry => new { status = entry.Value.Status.ToString(), entry.Value.Description, entry.Value.Data }),
    });
}
