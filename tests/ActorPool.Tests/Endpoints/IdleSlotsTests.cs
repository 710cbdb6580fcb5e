using System.Reflection;
using ActorPool.Actors;
using ActorPool.Endpoints;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPool.Tests.Endpoints;

/// <summary>The ring of idle slots against a plain list that does the same slowly.</summary>
public sealed class IdleSlotsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue - 5)]
    [InlineData(-3)]
    public void It_does_what_a_list_does_wherever_its_positions_begin(int position) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(200),
            Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), choices => new Pair(position).Live(choices)));

    [Fact]
    public void More_than_the_ring_holds_makes_it_grow_in_order()
    {
        var table = new SlotTable(null!);
        var idle = new IdleSlots(table);
        for (var added = 0; added < 100; added++)
        {
            idle.Add(table.TakeEmpty());
        }

        Assert.Equal(100, idle.Count);
        Assert.Equal(Enumerable.Range(0, 100), All(idle));
        Assert.Equal(99, idle.Take(IdleOrder.Lifo));
        Assert.Equal(0, idle.Take(IdleOrder.Fifo));
    }

    [Fact]
    public void Gaps_are_closed_before_the_ring_grows()
    {
        var table = new SlotTable(null!);
        var idle = new IdleSlots(table);
        var slots = Enumerable.Range(0, 4).Select(_ => table.TakeEmpty()).ToArray();
        Array.ForEach(slots, idle.Add);

        // One goes and comes back as the last again and again: the gaps it leaves are many, the slots few.
        for (var round = 0; round < 1_000; round++)
        {
            idle.Remove(slots[round % 4]);
            idle.Add(slots[round % 4]);
        }

        Assert.Equal(4, idle.Count);
        Assert.Equal(16, RingOf(idle));
    }

    [Fact]
    public void What_is_not_there_cannot_be_taken_out()
    {
        var table = new SlotTable(null!);
        var idle = new IdleSlots(table);
        var (one, other) = (table.TakeEmpty(), table.TakeEmpty());
        idle.Add(one);
        idle.Add(other);
        idle.Remove(one);

        Assert.Throws<InvariantException>(() => idle.Remove(one));
        Assert.Equal(1, idle.Take(IdleOrder.Fifo));
        Assert.Throws<InvariantException>(() => idle.Remove(one));
    }

    static List<int> All(IdleSlots idle)
    {
        var all = new List<int>();
        idle.CopyTo(all);
        return all;
    }

    static int RingOf(IdleSlots idle) => ((int[])Field("_ring").GetValue(idle)!).Length;

    static FieldInfo Field(string name) => typeof(IdleSlots).GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!;

    /// <summary>The ring, and a list whose entries are the idle ones and the places kept for those that were taken out.</summary>
    sealed class Pair
    {
        readonly SlotTable _table = new(null!);
        readonly IdleSlots _idle;
        readonly List<(Slot Slot, bool IsGap)> _list = [];
        readonly List<Slot> _free = [];
        readonly List<Slot> _removed = [];
        int _room = 16;

        public Pair(int position)
        {
            _idle = new IdleSlots(_table);
            Field("_head").SetValue(_idle, position);
            Field("_tail").SetValue(_idle, position);
            for (var slot = 0; slot < 24; slot++)
            {
                _free.Add(_table.TakeEmpty());
            }
        }

        public void Live(byte[] choices)
        {
            foreach (var choice in choices)
            {
                Do(choice % 8, choice / 8);
                Assert.Equal(_list.Count(entry => !entry.IsGap), _idle.Count);
                Assert.Equal(_list.Where(entry => !entry.IsGap).Select(entry => entry.Slot.Index), All(_idle));
            }
        }

        void Do(int operation, int argument)
        {
            switch (operation)
            {
                case 0 or 1 or 2 when _free.Count > 0:
                    var slot = Take(_free, argument);
                    MakeRoom();
                    _idle.Add(slot);
                    _list.Add((slot, false));
                    break;
                case 3:
                    Assert.Equal(TakeFrom(^1), _idle.Take(IdleOrder.Lifo));
                    break;
                case 4:
                    Assert.Equal(TakeFrom(0), _idle.Take(IdleOrder.Fifo));
                    break;
                case 5 when _idle.Count > 0:
                    var at = Enumerable.Range(0, _list.Count).Where(index => !_list[index].IsGap).ElementAt(argument % _idle.Count);
                    _idle.Remove(_list[at].Slot);
                    _removed.Add(_list[at].Slot);
                    _list[at] = (_list[at].Slot, true);
                    break;
                case 6 when _removed.Count > 0:
                    PutBack(Take(_removed, argument));
                    break;
                case 7 when _removed.Count > 0:
                    // Its probe failed: it comes back another day, as the last.
                    var gone = Take(_removed, argument);
                    _free.Add(gone);
                    Forget(gone);
                    break;
                default:
                    break;
            }
        }

        /// <summary>From one end, past the gaps.</summary>
        int TakeFrom(Index end)
        {
            if (_list.TrueForAll(entry => entry.IsGap))
            {
                return -1;
            }

            while (true)
            {
                var (slot, isGap) = _list[end];
                _list.RemoveAt(end.GetOffset(_list.Count));
                if (!isGap)
                {
                    _free.Add(slot);
                    return slot.Index;
                }
            }
        }

        void PutBack(Slot slot)
        {
            _idle.PutBack(slot);
            var place = _list.IndexOf((slot, true));
            if (place >= 0)
            {
                _list[place] = (slot, false);
                return;
            }

            MakeRoom();
            _list.Insert(0, (slot, false));
        }

        /// <summary>A full ring loses its gaps, and grows if that does not help much.</summary>
        void MakeRoom()
        {
            if (_list.Count < _room)
            {
                return;
            }

            _list.RemoveAll(entry => entry.IsGap);
            if (_list.Count > _room / 2)
            {
                _room *= 2;
            }
        }

        /// <summary>A gap whose slot will not come back to it is nobody's place.</summary>
        void Forget(Slot slot)
        {
            var place = _list.IndexOf((slot, true));
            if (place >= 0)
            {
                _list[place] = (Nobody, true);
            }
        }

        static readonly Slot Nobody = new(null!, -1);

        static Slot Take(List<Slot> slots, int argument)
        {
            var slot = slots[argument % slots.Count];
            slots.Remove(slot);
            return slot;
        }
    }
}
