using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace WebApi.Telemetry;

/// <summary>OpenTelemetry as services wire it: the names are all that a library's meters and traces need.</summary>
static class TelemetryExtensions
{
    /// <summary>Sends metrics and traces to a collector, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { } address)
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault().AddService("actorpool-webapi");
        void To(OtlpExporterOptions options, string signal) =>
            (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{address.TrimEnd('/')}/v1/{signal}"));

        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("ActorPool")
            .AddMeter("Microsoft.AspNetCore.Hosting")
            .AddOtlpExporter(options => To(options, "metrics"))
            .Build());
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("ActorPool")
            .AddSource("Microsoft.AspNetCore")
            .AddOtlpExporter(options => To(options, "traces"))
            .Build());
        builder.Services.AddHostedService<TelemetryService>();
    }

    /// <summary>Has both begin with the host, and export what is left when it ends.</summary>
    sealed class TelemetryService(MeterProvider meters, TracerProvider traces) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            meters.ForceFlush(2_000);
            traces.ForceFlush(2_000);
            return Task.CompletedTask;
        }
    }
}
