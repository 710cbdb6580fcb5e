using System.Net;

namespace ActorPool.Http.Origins;

/// <summary>One proxy for every address.</summary>
sealed class OnlyProxy(Uri address) : IWebProxy
{
    public ICredentials? Credentials { get; set; }

    public Uri GetProxy(Uri destination) => address;

    public bool IsBypassed(Uri host) => false;
}
