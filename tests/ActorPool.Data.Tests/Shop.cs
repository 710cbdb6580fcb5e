using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ActorPool.Data.Tests;

/// <summary>A context with one table, in a schema of its own.</summary>
sealed class Shop(DbContextOptions<Shop> options, string schema) : DbContext(options)
{
    public string Schema { get; } = schema;

    public DbSet<Item> Items => Set<Item>();

    public T GetService<T>()
        where T : class => AccessorExtensions.GetService<T>(Database);

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, PerSchema>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.HasDefaultSchema(Schema);

    sealed class PerSchema : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), ((Shop)context).Schema, designTime);
    }
}
