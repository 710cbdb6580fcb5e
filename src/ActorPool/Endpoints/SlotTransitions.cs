using static ActorPool.SlotState;

namespace ActorPool.Endpoints;

/// <summary>
/// A slot's life as a table: row state, column event, cell next state. An empty cell is illegal and trips
/// <see cref="Actors.Invariant"/>.
/// </summary>
/// <remarks>
/// Reports that were under way when a slot was retired arrive in <see cref="Closing"/>; they are legal there and nowhere
/// else. <see cref="Doomed"/> is leased but condemned: handing back closes.
/// </remarks>
static class SlotTransitions
{
    const SlotState None = (SlotState)255;

    static readonly int Events = Enum.GetValues<SlotEvent>().Length;

    static readonly SlotState[] Table =
    [
        //             Open      Opened    OpenFail  Take      Join      Part      Return    ToReset   Unfit     Probe     Checked   ChkFail   Retire    Detach    Closed
        /* Empty */     Opening,  None,     None,     None,     None,     None,     None,     None,     None,     None,     None,     None,     None,     None,     None,
        /* Opening */   None,     Idle,     Empty,    None,     None,     None,     None,     None,     None,     None,     None,     None,     Closing,  None,     None,
        /* Idle */      None,     None,     None,     Leased,   None,     None,     None,     None,     None,     Probing,  None,     None,     Closing,  None,     None,
        /* Leased */    None,     None,     None,     None,     Leased,   Leased,   Idle,     Resetting,Closing,  None,     None,     None,     Doomed,   Empty,    None,
        /* Probing */   None,     None,     None,     None,     None,     None,     None,     None,     None,     None,     Idle,     Closing,  Closing,  None,     None,
        /* Resetting */ None,     None,     None,     None,     None,     None,     None,     None,     None,     None,     Idle,     Closing,  Closing,  None,     None,
        /* Doomed */    None,     None,     None,     None,     None,     Doomed,   None,     None,     Closing,  None,     None,     None,     Doomed,   Empty,    None,
        /* Closing */   None,     Closing,  Empty,    None,     None,     None,     None,     None,     None,     None,     Closing,  Closing,  Closing,  None,     Empty,
    ];

    /// <summary>The state that follows, or null if the event is illegal in that state.</summary>
    public static SlotState? Find(SlotState state, SlotEvent happened) =>
        Table[((int)state * Events) + (int)happened] is var next && next != None ? next : null;

    /// <summary>The state that follows.</summary>
    public static SlotState Next(SlotState state, SlotEvent happened)
    {
        var next = Table[((int)state * Events) + (int)happened];
        if (next == None)
        {
            Illegal(state, happened);
        }

        return next;
    }

    static void Illegal(SlotState state, SlotEvent happened) =>
        Actors.Invariant.Broken($"a slot that is {state} met {happened}");
}
