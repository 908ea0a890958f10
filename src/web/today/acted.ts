import type { DayDocument, TakenAction } from '../../contract/documents/day-document.ts';

/** What the reader did on a day since it was last worked out. */
export interface Acted {
  readonly date: string;
  /** The day's revision with it. */
  readonly revision: number;
  readonly taken: readonly TakenAction[];
  /** The day as it was shown at the last press. */
  readonly shown: { readonly asOf: string; readonly calls: number };
  /** What was taken of the proposals, by their ids. */
  readonly proposals: readonly string[];
  /** How many of them the last press took, and how many of those await an answer; undefined: it was a later step. */
  readonly last: { readonly n: number; readonly asked: number } | undefined;
}

/** What was done before on that day, with what the server answered to one more press. */
export const addActed = (
  before: Acted | undefined,
  day: DayDocument,
  answered: readonly TakenAction[],
  proposals: readonly string[],
): Acted => {
  const { date, revision } = day;
  const ofDate = before?.date === date ? before : undefined;
  return {
    date,
    shown: { asOf: day.asOf, calls: callsOf(day) },
    revision: Math.max(ofDate?.revision ?? 0, revision, revisionOf(answered)),
    // In the order in which they were first taken, as the server has them.
    taken: [
      ...(ofDate?.taken ?? []).filter(({ id }) => answered.every((each) => each.id !== id)),
      ...answered,
    ].toSorted((one, other) => one.id - other.id),
    proposals: [...(ofDate?.proposals ?? []), ...proposals],
    last:
      proposals.length === 0
        ? undefined
        : { n: answered.length, asked: answered.filter(({ state }) => state === 'asked').length },
  };
};

/** Calls of the whole day: those that came, then those that are expected. */
export const callsOf = ({ intervals: { queues } }: Pick<DayDocument, 'intervals'>): number =>
  queues.reduce(
    (sum, { expected, offered, planned }) =>
      sum + planned.reduce((all, n, i) => all + (expected[i] ?? offered[i] ?? n), 0),
    0,
  );

/** Share of a day's calls from which on it is said that they have moved since somebody acted. */
const toldFrom = 0.005;

/** The day when the reader acted on it last, where its calls have moved since: a rate is another by that, too; else null. */
export const movedSince = (
  day: Pick<DayDocument, 'date' | 'intervals'>,
  acted: Acted | undefined,
): Acted['shown'] | null =>
  acted === undefined ||
  acted.date !== day.date ||
  !(Math.abs(callsOf(day) - acted.shown.calls) > toldFrom * acted.shown.calls)
    ? null
    : acted.shown;

/** The revision of a day that these were the last to change. */
export const revisionOf = (answered: readonly TakenAction[]): number =>
  Math.max(0, ...answered.flatMap(({ steps }) => steps.map(({ number }) => number)));

/** Whether a day was worked out before what the reader did on it. */
export const isBefore = ({ date, revision }: DayDocument, acted: Acted | undefined): boolean =>
  acted !== undefined && acted.date === date && acted.revision > revision;

/**
 * A day with what the reader did on it since: taken at once, and its proposals are a picture's, not to be taken, until it
 * has been worked out anew.
 */
export const withActed = (day: DayDocument, acted: Acted | undefined): DayDocument => {
  if (acted === undefined || acted.date !== day.date) return day;
  const isOld = isBefore(day, acted);
  if (!isOld && day.actionsAsOf !== null) return day;
  const actions = day.actions.filter(({ id }) => !acted.proposals.includes(id));
  if (!isOld) return { ...day, actions };
  const own = new Map(acted.taken.map((each) => [each.id, each]));
  return {
    ...day,
    revision: acted.revision,
    actions,
    actionsAsOf: null,
    together: null,
    taken: [
      ...day.taken.map((each) => own.get(each.id) ?? each),
      ...acted.taken.filter(({ id }) => day.taken.every((each) => each.id !== id)),
    ],
  };
};

/**
 * A newer picture beside what was worked out of the moment before: what can be done, and what becomes of lost callers. What
 * it comes to together was said of other figures.
 */
export const besideOlder = (
  picture: DayDocument,
  { actions, actionsAsOf, callBacks: older }: DayDocument,
): DayDocument => {
  const funnelOf = (queue: string) => older?.queues.find((own) => own.queue === queue)?.funnel ?? null;
  const callBacks = picture.callBacks && {
    ...picture.callBacks,
    queues: picture.callBacks.queues.map((own) => ({ ...own, funnel: funnelOf(own.queue) })),
  };
  return { ...picture, actions, actionsAsOf, together: null, callBacks };
};
