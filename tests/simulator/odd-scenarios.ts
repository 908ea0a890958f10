/** Scenarios in the reference's format whose features meet in ways that its own do not. */
const ramp = (from: number, to: number, length: number): number[] =>
  Array.from({ length }, (_, i) => Math.round(from + ((to - from) * i) / (length - 1)));

const one = (own: object, staff: number | number[], more: object = {}): object => ({
  intervals: 12,
  interval_s: 1800,
  trunks: null,
  classes: [
    { rate_per_h: 60, service: ['exp', 240], patience: ['exp', 120], route: { '0': [1, 0] }, ...own },
  ],
  pools: [{ staff, class_priority: [1] }],
  ...more,
});

export const oddScenarios: Readonly<Record<string, object>> = {
  'nobody there for hours': one({ rate_per_h: [30, 50, 80, 80, 60, 60, 40, 40, 30, 30, 20, 10], patience: ['exp', 900], redial_abandon: [0.6, 600] }, [0, 0, 6, 6, 6, 0, 5, 5, 0, 0, 0, 2]), // prettier-ignore
  'staff drop in mid-call, long calls': one({ service: ['lognormal', 1500, 1.3], patience: ['weibull', 400, 0.6] }, [30, 30, 4, 4, 28, 2, 25, 25, 3, 3, 20, 1]), // prettier-ignore
  'redials of all kinds, few attempts': one({ rate_per_h: 120, redial_abandon: [0.8, 120], redial_block: [0.9, 30], reconnect: [0.25, 1200] }, 7, { trunks: 10, max_attempts: 3 }), // prettier-ignore
  'one attempt only': one({ rate_per_h: 120, redial_abandon: [1, 60], redial_block: [1, 60], reconnect: [0.5, 600] }, 6, { trunks: 9, max_attempts: 1 }), // prettier-ignore
  'redials at once': one({ rate_per_h: 90, redial_abandon: [0.5, 0], redial_block: [0.5, 0], reconnect: [0.2, 0] }, 5, { trunks: 8 }), // prettier-ignore
  'patience of two kinds of people': one({ rate_per_h: 110, patience: ['hyperexp2', 90, 2.5], service: ['erlang', 200, 4] }, 6), // prettier-ignore
  'endless patience, a day that overloads and recovers': one({ rate_per_h: [40, 60, 110, 140, 90, 60, 40, 30, 20, 20, 20, 20], patience: ['inf', 0], service: ['hyperexp2', 240, 2] }, ramp(5, 8, 12)), // prettier-ignore
  'no line at all': one({ redial_block: [0.5, 300] }, 5, { trunks: 0 }),
  'lines only for those in service': one({ rate_per_h: 100, redial_block: [0.4, 200], service: ['weibull', 240, 2] }, 6, { trunks: 6 }), // prettier-ignore
  'fewer lines than operators': one({ rate_per_h: 100 }, 9, { trunks: 6 }),
  'diversion, redials and few lines': one({ rate_per_h: 150, divert: [40, 0.4], redial_abandon: [0.5, 300], redial_block: [0.7, 60], reconnect: [0.1, 900] }, [4, 6, 8, 8, 8, 7, 6, 9, 9, 8, 5, 3], { trunks: 14 }), // prettier-ignore
  'diversion over a day with a peak': {
    intervals: 7,
    interval_s: 1800,
    classes: [{ rate_per_h: [60, 140, 220, 180, 90, 120, 60], service: ['exp', 220], patience: ['exp', 110], redial_abandon: [0.5, 400], divert: [45, 0.35], route: { '0': [1, 0] } }], // prettier-ignore
    pools: [{ staff: [5, 9, 11, 11, 8, 8, 6], class_priority: [1] }],
  },
  'diversion offered with nobody there': one({ divert: [0, 0.5] }, [0, 4, 4, 0, 4, 4, 0, 4, 4, 4, 4, 4]),
  'diversion of all who would wait, taken by all': one({ rate_per_h: [60, 90, 120, 120, 80, 60, 60, 90, 90, 60, 40, 30], divert: [0, 1] }, 7), // prettier-ignore
  'diversion above a wait, taken by all, nobody there at the end': one({ rate_per_h: 110, divert: [60, 1], redial_abandon: [0.5, 300] }, [6, 6, 6, 6, 7, 7, 6, 6, 5, 5, 5, 0]), // prettier-ignore
  'diversion of two classes of one pool by priority, each by its own queue': {
    intervals: 5,
    interval_s: 1800,
    classes: [
      { rate_per_h: [40, 90, 130, 90, 50], service: ['exp', 200], patience: ['exp', 90], divert: [30, 0.3], redial_abandon: [0.4, 300], route: { '0': [1, 0] } }, // prettier-ignore
      { rate_per_h: [30, 60, 90, 60, 30], service: ['exp', 300], patience: ['exp', 200], divert: [90, 0.6], route: { '0': [1, 0] } }, // prettier-ignore
    ],
    pools: [{ staff: [6, 10, 13, 11, 6], class_priority: [1, 2] }],
  },
  'diversion of two of three classes over pools that overlap, few lines': {
    intervals: 4,
    interval_s: 1800,
    trunks: 24,
    classes: [
      { rate_per_h: [50, 120, 120, 60], service: ['exp', 240], patience: ['exp', 120], divert: [40, 0.4], redial_abandon: [0.5, 300], redial_block: [0.7, 60], route: { '0': [1, 0], '1': [2, 0] } }, // prettier-ignore
      {
        rate_per_h: [20, 50, 60, 20],
        service: ['exp', 400],
        patience: ['exp', 150],
        divert: [0, 0.2],
        route: { '1': [1, 0] },
      },
      {
        rate_per_h: [10, 20, 20, 10],
        service: ['exp', 180],
        patience: ['exp', 60],
        route: { '1': [1, 0], '0': [2, 0] },
      },
    ],
    pools: [
      { staff: [4, 8, 7, 4], class_priority: [1, 3, 2] },
      { staff: [3, 7, 8, 0], class_priority: [2, 1, 1] },
    ],
  },
  'steady after a warm-up': one({ rate_per_h: 75, patience: ['lognormal', 150, 1.5], redial_abandon: [0.4, 900], reconnect: [0.15, 2400] }, 6, { warmup_s: 7200, stationary: true }), // prettier-ignore
  'overflow after delays, priorities with ties, shared lines': {
    intervals: 10,
    interval_s: 900,
    trunks: 22,
    classes: [
      { rate_per_h: ramp(60, 160, 10), service: ['exp', 200], patience: ['exp', 100], redial_abandon: [0.4, 240], route: { '0': [1, 0], '1': [2, 20] } },
      { rate_per_h: 80, service: ['lognormal', 260, 0.9], patience: ['weibull', 200, 1.5], redial_block: [0.6, 90], route: { '1': [1, 0], '0': [2, 45] } },
      { rate_per_h: [20, 20, 60, 60, 20, 20, 0, 0, 40, 40], service: ['det', 300], patience: ['inf', 0], divert: [120, 0.3], route: { '1': [1, 0] } },
    ], // prettier-ignore
    pools: [
      { staff: [6, 6, 7, 7, 8, 0, 8, 9, 9, 9], class_priority: [1, 1, 1] },
      { staff: [8, 8, 9, 9, 4, 10, 10, 12, 12, 2], class_priority: [2, 1, 1] },
    ],
  },
  'a delay before anybody may answer': {
    intervals: 8,
    interval_s: 1800,
    trunks: null,
    classes: [
      { rate_per_h: 70, service: ['exp', 180], patience: ['exp', 200], reconnect: [0.2, 700], route: { '0': [1, 10], '1': [2, 30] } },
      { rate_per_h: 40, service: ['exp', 300], patience: ['exp', 90], redial_abandon: [0.7, 100], route: { '1': [1, 0] } },
    ], // prettier-ignore
    pools: [
      { staff: 3, class_priority: [1, 9] },
      { staff: [2, 3, 4, 5, 5, 4, 3, 2], class_priority: [2, 1] },
    ],
    max_attempts: 4,
  },
  'three pools in order of preference, two of one preference': {
    intervals: 8,
    interval_s: 1800,
    trunks: 30,
    warmup_s: 1800,
    classes: [
      { rate_per_h: 150, service: ['hyperexp2', 220, 1.6], patience: ['exp', 80], redial_abandon: [0.5, 400], redial_block: [0.5, 40], reconnect: [0.1, 900], route: { '0': [2, 0], '1': [1, 0], '2': [3, 15] } },
      { rate_per_h: 50, service: ['erlang', 400, 3], patience: ['lognormal', 160, 2], route: { '2': [1, 0], '0': [2, 0] } },
    ], // prettier-ignore
    pools: [
      { staff: 4, class_priority: [1, 2] },
      { staff: 5, class_priority: [1, 1] },
      { staff: [4, 4, 0, 6, 6, 6, 3, 3], class_priority: [2, 1] },
    ],
  },
};
