using ActorPool.Hocon.Files;
using ActorPool.Hocon.Mapping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace ActorPool.Hocon.Texts;

/// <summary>A text as a source of configuration. Its includes come from its builder's file provider.</summary>
sealed class TextConfigurationSource(string text, HoconOptions options) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        // One that was not set by anybody is the folder of the program, and only a place to start from.
        var provider = options.FileProvider ?? builder.GetFileProvider();
        var isConfined = options.FileProvider is not null || provider is not PhysicalFileProvider;
        return new TextConfigurationProvider(
            () => ConfigurationMap.Of(
                HoconParser.Parse(text, options.With(options.FileName, provider).Checked(), new FileFinder(provider, isConfined))));
    }
}
