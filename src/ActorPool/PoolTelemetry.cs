namespace ActorPool;

/// <summary>
/// What pools tell OpenTelemetry, or whoever else listens: the names to listen to. Nothing is computed while nobody does.
/// </summary>
/// <remarks>
/// <para>
/// Metrics follow OpenTelemetry's conventions for <c>db.client.connection.*</c>, whatever a pool's connections are, so that
/// dashboards for them work; what the conventions do not know is called <c>actorpool.*</c>. Every metric has the pool's
/// name as <c>db.client.connection.pool.name</c>; pools of the same name are added up (of ages and health: the worst). A
/// pool is there until it is drained to the end.
/// https://opentelemetry.io/docs/specs/semconv/db/database-metrics/
/// </para>
/// <list type="table">
/// <listheader><term>metric</term><description>kind, unit: what it says (further attributes)</description></listheader>
/// <item><term><c>db.client.connection.count</c></term><description>up-down counter, {connection}: connections by <c>db.client.connection.state</c>: <c>idle</c>, <c>used</c>, and of our own <c>opening</c>, <c>probing</c>, <c>resetting</c>, <c>closing</c>; together the slots in use</description></item>
/// <item><term><c>db.client.connection.idle.max</c>, <c>db.client.connection.idle.min</c>, <c>db.client.connection.max</c></term><description>up-down counters, {connection}: <see cref="PoolOptions.MaxSize"/> (<see cref="PoolOptions.MinSize"/> if nothing above it is kept idle), <see cref="PoolOptions.MinSize"/>, <see cref="PoolOptions.MaxSize"/></description></item>
/// <item><term><c>db.client.connection.pending_requests</c></term><description>up-down counter, {request}: acquires that wait</description></item>
/// <item><term><c>db.client.connection.timeouts</c></term><description>counter, {timeout}: acquires that ended with <see cref="AcquireTimeoutException"/></description></item>
/// <item><term><c>db.client.connection.wait_time</c></term><description>histogram, s: how long an acquire took that got a lease; 0 if it was served at once</description></item>
/// <item><term><c>db.client.connection.use_time</c></term><description>histogram, s: how long a lease was held that has ended</description></item>
/// <item><term><c>db.client.connection.create_time</c></term><description>histogram, s: how long an open took that succeeded, login included</description></item>
/// <item><term><c>actorpool.acquires</c></term><description>counter, {acquire}: acquires that are over, by <c>actorpool.acquire.outcome</c>: <c>served_at_once</c>, <c>waited</c>, <c>timed_out</c>, <c>cancelled</c>, <c>rejected</c> (refused at once, <see cref="PoolExhaustedException"/>), <c>shed</c>, <c>unavailable</c> (the endpoint cannot be opened)</description></item>
/// <item><term><c>actorpool.oldest_wait</c></term><description>gauge, s: how long the oldest waiter has waited; 0 if none waits. The best single sign of saturation</description></item>
/// <item><term><c>actorpool.health</c></term><description>gauge: <see cref="PoolHealth"/> as a number, 0 healthy, 1 failing, 2 unavailable</description></item>
/// <item><term><c>actorpool.connections.opened</c></term><description>counter, {connection}: connections opened</description></item>
/// <item><term><c>actorpool.connections.closed</c></term><description>counter, {connection}: connections closed, by <c>actorpool.close.reason</c>: <see cref="CloseReason"/> in small letters (<c>idle_timeout</c>), those that have occurred</description></item>
/// <item><term><c>actorpool.opens.failed</c></term><description>counter, {open}: opens that failed</description></item>
/// <item><term><c>actorpool.leases.revoked</c></term><description>counter, {lease}: leases taken back from their holders, lost ones included</description></item>
/// <item><term><c>actorpool.leases.lost</c></term><description>counter, {lease}: leases that were garbage-collected without having been returned</description></item>
/// <item><term><c>actorpool.leases.returned_again</c></term><description>counter, {return}: returns of leases that had ended already, which were ignored</description></item>
/// <item><term><c>actorpool.budget.granted</c></term><description>up-down counter, {connection}: connections that the budget has granted; only pools with <see cref="PoolOptions.Budget"/></description></item>
/// <item><term><c>actorpool.budget.connections</c>, <c>actorpool.budget.free</c></term><description>gauges, {connection}: how many connections a budget over many machines allows, and how many grants nobody holds. These and the following, by <c>actorpool.budget.name</c> and <c>actorpool.budget.node</c>: what this node knows of its <see cref="IClusterBudget"/>, while one of its pools is open</description></item>
/// <item><term><c>actorpool.budget.held</c>, <c>actorpool.budget.wanted</c>, <c>actorpool.budget.used</c></term><description>up-down counters, {connection}: grants that this node holds, that its pools would like to have, connections that they have; added up over the nodes they are those of the budget</description></item>
/// <item><term><c>actorpool.budget.renewals.acknowledged</c>, <c>actorpool.budget.renewals.failed</c></term><description>counters, {renewal}: how this node's renewals ended</description></item>
/// <item><term><c>actorpool.budget.fences</c></term><description>counter, {node}: silent nodes that this node has fenced off</description></item>
/// <item><term><c>actorpool.budget.deadline</c></term><description>gauge, s: how long this node may use its grants without another renewal; 0 if it may not. The best single sign of trouble with the engine</description></item>
/// <item><term><c>actorpool.budget.state</c></term><description>gauge: <see cref="ClusterBudgetState"/> as a number, 0 joining, 1 active, 2 late, 3 cut off, 4 closed</description></item>
/// <item><term><c>actorpool.group.pending_requests</c>, <c>actorpool.group.oldest_wait</c>, <c>actorpool.group.acquires</c></term><description>the same of a replica group, by <c>actorpool.group.name</c>: what its callers see. An acquire that waits at a group waits at its members too, whose pools show that under their own names; so these are names apart, and nothing is counted twice</description></item>
/// </list>
/// <para>
/// Spans: <c>connection.open</c>, a root of its own, for no caller aborts or owns an open, with links to the activities whose
/// acquires it was opened for, and the parent of whatever the connector traces; <c>connection.wait</c>, a child of the
/// caller's activity, for acquires that had to wait; <c>connection.lease</c>, a child of the caller's activity, from grant
/// to return, with a link to the <c>connection.open</c> of its connection. A wait and a lease are told of when they are
/// over, and neither is ever <c>Activity.Current</c>: what a caller does with a connection stays the caller's own child.
/// </para>
/// <para>
/// Listeners are users' code: they run on the thread of whoever acquires, returns or opens, after the pool's own work, and
/// what they throw is ignored.
/// </para>
/// </remarks>
public static class PoolTelemetry
{
    /// <summary>The name of the meter: <c>AddMeter(PoolTelemetry.MeterName)</c>.</summary>
    public const string MeterName = "ActorPool";

    /// <summary>The name of the source of activities: <c>AddSource(PoolTelemetry.ActivitySourceName)</c>.</summary>
    public const string ActivitySourceName = "ActorPool";
}
