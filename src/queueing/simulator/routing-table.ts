import type { LineSpec } from './line-spec.ts';

/** Who may answer whom, flattened for the engine. */
export interface RoutingTable {
  /** Per class: pools that answer at once, in order of preference. */
  readonly direct: readonly Int32Array[];
  /** Per class: pools that answer only calls that have waited for a while. */
  readonly delayed: readonly { readonly pools: Int32Array; readonly delays: Float64Array }[];
  /** Per class: all its pools. */
  readonly all: readonly Int32Array[];
  /** Per pool: classes it may take from the queue, with priority and delay. */
  readonly served: readonly {
    readonly classes: Int32Array;
    readonly priorities: Float64Array;
    readonly delays: Float64Array;
  }[];
}

/** The routes of a line, by class and by pool; a delay below 0 is none. */
export const layOutRoutes = (spec: LineSpec): RoutingTable => ({
  direct: spec.classes.map(
    ({ routes }) =>
    Int32Array.from(routes.filter((r) => r.delaySeconds <= 0), (r) => r.pool), // prettier-ignore
  ),
  delayed: spec.classes.map(({ routes }) => {
    const late = routes.filter((r) => r.delaySeconds > 0);
    return {
      pools: Int32Array.from(late, (r) => r.pool),
      delays: Float64Array.from(late, (r) => r.delaySeconds),
    };
  }),
  all: spec.classes.map(({ routes }) => Int32Array.from(routes, (r) => r.pool)),
  served: spec.pools.map((pool, p) => {
    const own = spec.classes.flatMap(({ routes }, c) => {
      const route = routes.find((r) => r.pool === p);
      return route === undefined ? [] : [{ c, delay: Math.max(0, route.delaySeconds) }];
    });
    return {
      classes: Int32Array.from(own, ({ c }) => c),
      priorities: Float64Array.from(own, ({ c }) => pool.classPriority[c] ?? Infinity),
      delays: Float64Array.from(own, ({ delay }) => delay),
    };
  }),
});
