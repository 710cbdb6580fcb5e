using ActorPool.Endpoints;

namespace ActorPool.Tests.Endpoints;

/// <summary>The slots of a pool by number.</summary>
public sealed class SlotTableTests
{
    [Fact]
    public void Slots_are_made_when_they_are_needed_and_keep_their_numbers()
    {
        var table = new SlotTable(null!);

        var slots = Enumerable.Range(0, 100).Select(_ => table.TakeEmpty()).ToArray();

        Assert.Equal(Enumerable.Range(0, 100), slots.Select(slot => slot.Index));
        Assert.Equal((100, 100), (table.Made, table.InUse));
        Assert.All(slots, slot => Assert.Same(slot, table[slot.Index]));
        Assert.Equal(slots, table.All.ToArray());
    }

    [Fact]
    public void The_one_emptied_last_is_filled_first()
    {
        var table = new SlotTable(null!);
        var slots = Enumerable.Range(0, 5).Select(_ => table.TakeEmpty()).ToArray();
        table.PutEmpty(slots[1]);
        table.PutEmpty(slots[3]);

        Assert.Equal((5, 3), (table.Made, table.InUse));
        Assert.Same(slots[3], table.TakeEmpty());
        Assert.Same(slots[1], table.TakeEmpty());
        Assert.Equal(5, table.TakeEmpty().Index);
        Assert.Equal((6, 6), (table.Made, table.InUse));
    }

    [Fact]
    public void After_a_failure_it_finds_the_empty_ones_by_their_state()
    {
        var table = new SlotTable(null!);
        var slots = Enumerable.Range(0, 4).Select(_ => table.TakeEmpty()).ToArray();
        table.PutEmpty(slots[0]);
        slots[0].State = SlotState.Closing;
        slots[1].State = SlotState.Closing;
        slots[3].State = SlotState.Closing;

        table.FindEmpty();

        Assert.Equal(3, table.InUse);
        Assert.Same(slots[2], table.TakeEmpty());
    }
}
