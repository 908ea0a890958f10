/** A day as a model outside foresaw it. */
export interface OutsideDay {
  readonly calls: number;
  /** Calls of each slot of the day from midnight, NaN where it has none; undefined where it tells days, or longer steps. */
  readonly slots: Float64Array | undefined;
  /** One in ten days is foreseen to have fewer, one in ten more; NaN where the model does not say. */
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
