namespace ActorPool.Hocon;

/// <summary>A configuration provider that knows where its keys are written, so that an error can say it.</summary>
public interface IHoconOrigins
{
    /// <summary>Where a key got its value.</summary>
    /// <param name="key">As configuration spells it: <c>actorpool:pools:cache:max-size</c>. Of an object or a list: where it begins.</param>
    /// <param name="origin">The place.</param>
    /// <returns>False if this provider has no such key.</returns>
    bool TryGetOrigin(string key, out HoconOrigin origin);
}
