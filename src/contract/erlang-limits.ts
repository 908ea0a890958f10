/**
 * Largest figures that one interval is worked out for. They are far beyond any line: the largest call centres of the
 * world hold some 10,000 calls at once, and no caller waits for days. Below them an answer takes a fraction of a second.
 */
export const erlangLimits = {
  callsPerHour: 1e9,
  /** Calls in service at once, on average. */
  loadErlangs: 1e6,
  handleTimeSeconds: 1e6,
  operators: 1e9,
  trunks: 1e9,
  /** Of handle times: more patience than that is written inf. */
  patienceHandleTimes: 1e6,
  patienceSeconds: 1e9,
  thresholdSeconds: 1e9,
} as const;
