namespace ActorPool.Data.Tests.Fakes;

/// <summary>Taken for Npgsql's connection, by its name.</summary>
sealed class NpgsqlConnection(FakeDbDataSource source) : FakeDbConnection(source);
