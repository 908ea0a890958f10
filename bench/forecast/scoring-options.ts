/** Which sets are scored, over how many of their last weeks, and how many weeks ahead: the same for every such bench. */
export const scoringOptions = (weeks: string) =>
  ({
    only: { type: 'string' },
    weeks: { type: 'string', default: weeks },
    leads: { type: 'string', default: '1,4' },
  }) as const;

/** The days between what a forecast knows and the week that it is scored on, by weeks ahead. */
export const leadsOf = (
  leads: string,
): readonly { readonly weeksAhead: number; readonly gapDays: number }[] =>
  leads
    .split(',')
    .map(Number)
    .map((weeksAhead) => ({ weeksAhead, gapDays: 7 * (weeksAhead - 1) }));
