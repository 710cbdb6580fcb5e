using Microsoft.EntityFrameworkCore;

namespace ActorPool.Data.Tests;

/// <summary>A context without tables, which a context pool can make.</summary>
sealed class Numbers(DbContextOptions<Numbers> options) : DbContext(options);
