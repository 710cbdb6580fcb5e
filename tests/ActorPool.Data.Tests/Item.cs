namespace ActorPool.Data.Tests;

sealed class Item
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int Price { get; set; }
}
