/** Demands of a period on joint paths, topic by topic. */
export type JointDemands = readonly Float64Array[];

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How topics' means are moved so that they add up to the total. */
export type Reconcile = (demands: JointDemands, total: number) => readonly number[];

/** None falls below 0, and the sum is the total. */
export const withinTotal = (moved: readonly number[], total: number): readonly number[] => {
  const bounded = moved.map((mean) => Math.max(0, mean));
  const sum = bounded.reduce((a, b) => a + b, 0);
  return sum === 0 ? bounded : bounded.map((mean) => (mean * total) / sum);
};

/** Each gives or takes in proportion to its own mean. */
export const byShares: Reconcile = (demands, total) => withinTotal(demands.map(meanOf), total);
