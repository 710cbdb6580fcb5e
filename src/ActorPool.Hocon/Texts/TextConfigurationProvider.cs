using ActorPool.Hocon.Mapping;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hocon.Texts;

/// <summary>Configuration from a text. Loading it again asks the environment and the included files again.</summary>
sealed class TextConfigurationProvider(Func<ConfigurationMap> read) : ConfigurationProvider, IHoconOrigins
{
    ConfigurationMap _map = ConfigurationMap.Empty;

    public override void Load()
    {
        _map = read();
        Data = _map.Data;
    }

    public bool TryGetOrigin(string key, out HoconOrigin origin) => _map.Origins.TryGetValue(key, out origin);
}
