using System.Diagnostics;
using ActorPool.Telemetry;

namespace ActorPool.Endpoints;

/// <summary>What only some seats have to keep: made when first needed, and kept with the seat.</summary>
sealed class SeatRecord
{
    public Observation Observation;
    public Revocation? LastRevocation;
    public ActivityLink[]? OpenedIn;
}
