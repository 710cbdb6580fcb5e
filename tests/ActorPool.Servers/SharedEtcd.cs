namespace ActorPool.Servers;

/// <summary>One etcd of one member for all tests that do not stop it.</summary>
public sealed class SharedEtcd() : SharedServer<EtcdServer>(static () => EtcdServer.StartAsync());
