using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.AkkaNet.Tests.Readme;

/// <summary>The README's host.</summary>
static class ReadmeHost
{
    public static IHost Build(string hocon)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("shop", akka => akka
            .AddHocon(hocon, HoconAddMode.Prepend)
            .WithActorPool()
            .WithActors((system, registry, resolver) => registry.Register<Teller>(system.ActorOf(resolver.Props<Teller>(), "teller"))));
        return builder.Build();
    }
}
