namespace ActorPool.Mutations;

/// <summary>The members of a replica group: names, roles, ejections.</summary>
static class ReplicaMutations
{
    const string Group = "src/ActorPool/Routing/ReplicaSupervisor.cs";
    const string Resolving = "src/ActorPool/Routing/ReplicaSupervisor.Resolving.cs";
    const string Ejecting = "src/ActorPool/Routing/ReplicaSupervisor.Ejecting.cs";
    const string Connector = "src/ActorPool/Routing/ReplicaConnector.cs";
    const string Member = "src/ActorPool/Routing/ReplicaMember.Typed.cs";
    const string Streak = "src/ActorPool/Routing/FaultStreak.cs";

    public static Mutation[] All { get; } =
    [
        new("A member whose address is gone is not drained", Resolving,
            """
                        _leaving.AddRange(leave);
                        foreach (var member in leave)
                        {
                            Start(new MemberDrain(this, member));
                        }
            """,
            """
                        _leaving.AddRange(leave);
            """),
        new("Addresses that are gone are noticed only with new ones", Resolving,
            "if (resolution.New.Length + leave.Length > 0)",
            "if (resolution.New.Length > 0)"),
        new("Names are looked up only once", Resolving,
            """
                        StartTimer((int)GroupTimer.Resolve, delayMs, GroupMessage.Command(GroupRequest.ResolveDue));

            """,
            ""),
        new("All members may be ejected at once", Ejecting,
            "return ejected + 1 <= _settings.MaxEjectedShare * _view.Members.Length;",
            "return ejected < _view.Members.Length;"),
        new("A member that was ejected after another is never let back", Ejecting,
            """
                    ExpectEjectionEnd(nowMs);
                    LookAgain();
            """,
            """
                    LookAgain();
            """),
        new("Faults add up however many leases went well in between", Streak,
            "length < Math.Min(_noted, _well.Length) && WellAt(length) >= WellAt(0)",
            "length < Math.Min(_noted, _well.Length)"),
        new("A member that once failed to open is never trusted again", Group,
            "member.IsSuspect = !succeeded;",
            "member.IsSuspect |= !succeeded;"),
        new("A member that fails is not tried again unless somebody asks for it", Group,
            """
                            Start(new MemberNudge(member));

            """,
            ""),
        new("A new connection that tells of another role is not believed", Connector,
            "member.Role = await roleProbe!(connection, cancellationToken).ConfigureAwait(false);",
            """
            var told = await roleProbe!(connection, cancellationToken).ConfigureAwait(false);
                        member.Role = before == ReplicaRole.Unknown ? told : before;
            """),
        new("A member that is asked and tells of another role is not believed", Member,
            "Role = await factory.RoleProbe!(lease.Connection, cancellation.Token).AsTask().WaitAsync(cancellation.Token).ConfigureAwait(false);",
            """
            var told = await factory.RoleProbe!(lease.Connection, cancellation.Token).AsTask().WaitAsync(cancellation.Token).ConfigureAwait(false);
                        Role = Role == ReplicaRole.Unknown ? told : Role;
            """),
        new("Roles are asked for only once", "src/ActorPool/Routing/ReplicaSupervisor.Roles.cs",
            """
                    ExpectRoles(_settings.RoleIntervalMs);

            """,
            ""),
    ];
}
