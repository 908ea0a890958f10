/** A day as a model outside foresaw it. */
export interface OutsideDay {
  readonly calls: number;
  /** Calls of each slot of the day from midnight, NaN where it has none; undefined where it tells days, or longer steps. */
  readonly slots: Float64Array | undefined;
  /** One in ten days is expected to have fewer, one in ten more; NaN where the model does not say. */
  readonly q10: number;
  readonly q90: number;
}

/** What a model outside foresaw at one time. */
export interface OutsideIssue {
  /** Day number of the first day whose calls it cannot have seen: it may be used from that origin on. */
  readonly from: number;
  /** By day number. */
  readonly days: ReadonlyMap<number, OutsideDay>;
}

/** Forecasts of one queue that a model outside has made, the earliest first. */
export interface OutsideForecast {
  readonly model: string;
  readonly queue: string;
  readonly issues: readonly OutsideIssue[];
}

/** The latest word of a model on a day, of what was issued by an origin (a day number). */
export const outsideDay = (
  { issues }: OutsideForecast,
  origin: number,
  day: number,
): OutsideDay | undefined => {
  for (let i = issues.length - 1; i >= 0; i -= 1) {
    const issue = issues[i]!;
    const found = issue.from <= origin ? issue.days.get(day) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * The same with all that was issued by now: where nothing is known of the days from an origin on, whatever was issued
 * has seen none of them.
 */
export const issuedByNow = (outside: readonly OutsideForecast[], origin: number): OutsideForecast[] =>
  outside.map((own) => ({
    ...own,
    issues: own.issues.map((issue) => ({ ...issue, from: Math.min(issue.from, origin) })),
  }));

/** The forecasts of one queue. */
export const outsideOfQueue = (outside: readonly OutsideForecast[], queue: string): OutsideForecast[] =>
  outside.filter((own) => own.queue === queue);

/** Key by which a model outside stands among the methods. */
export const outsideMethod = (model: string): string => `outside:${model}`;

export const isOutside = (method: string): boolean => method.startsWith('outside:');

/** A forecast from outside beside the own: how both did on the same past days, and its share of the forecast. */
export interface OutsideShare {
  readonly model: string;
  /** Past weeks on which both are scored. */
  readonly weeks: number;
  /** Sums of absolute errors over sums of calls on the same intervals, fractions; NaN where there are none. */
  readonly wape: number;
  readonly ownWape: number;
  /** Of both together, by its share. */
  readonly mixedWape: number;
  readonly weight: number;
  /** Share of past days within its own 80 % range, and how many days that is over. */
  readonly coverage80: number;
  readonly coveredDays: number;
  /** Whether the mix is surer of some days ahead than of others by the widths of its ranges. */
  readonly rangesTell: boolean;
  /** What it says of the days ahead; NaN where it has no figure. */
  readonly days: readonly Pick<OutsideDay, 'calls' | 'q10' | 'q90'>[];
}

/** Two forecasts of the same days or intervals, each by its error; a week's belong together. */
export interface ErrorPair {
  readonly own: number;
  readonly other: number;
}

/** Fewest weeks of past forecasts, and days of a week, from which a share follows. */
export const leastWeeks = 4;

/** Weeks that the belief in a forecast without evidence is worth: a share is drawn towards none by so many. */
const doubtWeeks = 2;

const bestShare = (weeks: readonly (readonly ErrorPair[])[], without: number): number => {
  let gain = 0;
  let apart = 0;
  weeks.forEach((week, w) => {
    if (w === without) return;
    for (const { own, other } of week) {
      gain += own * (own - other);
      apart += (own - other) ** 2;
    }
  });
  return apart > 0 ? Math.max(0, Math.min(1, gain / apart)) : 0;
};

/**
 * Share of the other forecast in a mix with the own: the one under which past errors would have been least, found
 * without each week in turn and the least of these taken, so that no one lucky week gives it; drawn towards none while
 * weeks are few. 0 of fewer than four weeks.
 */
export const evidenceWeight = (weeks: readonly (readonly ErrorPair[])[]): number => {
  if (weeks.length < leastWeeks) return 0;
  const least = Math.min(...weeks.map((_, w) => bestShare(weeks, w)));
  return least * (weeks.length / (weeks.length + doubtWeeks));
};
