namespace ActorPool.Data.Tests.Fakes;

/// <summary>Which provider a fake one is taken for.</summary>
public enum FakeKind
{
    Unknown,

    /// <summary>Its connection's type has the name of Npgsql's, and its one reader is used again; nothing inside is Npgsql's.</summary>
    Npgsql,
}
