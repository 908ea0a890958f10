import type { FeedSettings } from '../contract/documents/feed-documents.ts';
import { dayMillis } from '../kernel/time.ts';
import type { CallBook, Touched } from './call-book.ts';
import type { FeedState, Portion } from './feed-adapter.ts';
import { type RecordRules, startOfInterval } from './feed-records.ts';
import { newState } from './feed-state.ts';
import { queuesBefore, turnsOf } from './feed-access.ts';

type Queues = FeedSettings['queues'];
type Outdated = NonNullable<FeedState['outdated']>[number];

/** Stretches of a span that lie in none of others. */
const withoutSpans = <Span extends Touched>(span: Span, others: readonly Touched[]): Span[] =>
  others.reduce<Span[]>(
    (left, { from, to }) =>
      left.flatMap((each) =>
        to <= each.from || from >= each.to
          ? [each]
          : [
              { ...each, to: from },
              { ...each, from: to },
            ].filter((part) => part.from < part.to),
      ),
    [span],
  );

const endOfInterval = (instant: number, rules: Pick<RecordRules, 'hotline' | 'zone'>): number => {
  const startOf = startOfInterval(rules);
  return startOf(startOf(instant) + 1.5 * rules.hotline.intervalMinutes * 60_000);
};

/** Whole days of the hotline's clock, from the first to the last. */
const spanOfDays = (
  [first, last]: readonly [string, string],
  { zone }: Pick<RecordRules, 'zone'>,
): Touched => ({
  from: zone.earlier(Date.parse(first)),
  to: zone.earlier(Date.parse(last) + dayMillis),
});

/** Spans of a portion's rows: as they are known, else the days that they are of. */
export const spansOfRows = (
  portion: Portion | undefined,
  rules: Pick<RecordRules, 'zone'>,
): readonly Touched[] => {
  if (portion?.rows === undefined) return [];
  const all = [portion.rows, ...Object.values(portion.files ?? {})];
  return (
    portion.rows.spans ??
    all.flatMap((each) => (each?.days === undefined ? [] : [spanOfDays(each.days, rules)]))
  );
};

/**
 * What a feed brought before its queues were chosen otherwise; undefined where they are those of before. `isRight`: that
 * queue gets the same calls by either choice. What was brought in from elsewhere stands in the feed's gaps: that is not its
 * own.
 */
const outdatedBy = (
  state: FeedState,
  settings: FeedSettings,
  rules: Pick<RecordRules, 'hotline' | 'zone'>,
): Outdated[] | undefined => {
  const before = queuesBefore(state, settings);
  if (before === undefined) return undefined;
  const { queues } = settings;
  const isNamed = (some: Queues): boolean => Object.keys(some).length > 0;
  /** `isStrict`: where any queue is named a queue of its own name is none of the hotline's yet; of files it may be. */
  const sources = (queue: string, by: Queues, isStrict: boolean): string => {
    const own = rules.hotline.queues.find((each) => each.queue === queue);
    const isTaken = !isStrict || own !== undefined || !state.anyQueue || !isNamed(by);
    const names = isTaken ? [queue, ...Object.values(own?.name ?? {})] : [];
    return JSON.stringify(
      [
        ...Object.keys(by).filter((name) => by[name] === queue),
        ...names.filter((name) => !Object.hasOwn(by, name)),
      ].sort(),
    );
  };
  const isOther = (queue: string): boolean =>
    [true, false].some((isStrict) => sources(queue, before, isStrict) !== sources(queue, queues, isStrict));
  const startOf = startOfInterval(rules);
  const gaps = state.gaps.map(({ from, to }) => ({ from: startOf(from), to: endOfInterval(to, rules) }));
  const { earliest, watermark } = state;
  const ofCalls =
    earliest === null || watermark === null
      ? []
      : Object.entries(state.quiet).flatMap(([queue, { since, from }]) =>
          withoutSpans(
            {
              queue,
              from: startOf(Math.max(earliest, since ?? from)),
              to: endOfInterval(watermark, rules),
            },
            gaps,
          ),
        );
  const days = [...Object.values(state.files).flatMap((file) => file.days ?? []), ...(state.days ?? [])];
  const [first, last] = [days.sort()[0], days.at(-1)];
  const ofRows =
    first === undefined || last === undefined
      ? []
      : (state.brings ?? []).map((queue) => ({ queue, ...spanOfDays([first, last], rules) }));
  return [
    // what nothing new stood for the last time may be right once more, or wrong for the first time
    ...(state.outdated ?? []).map(({ isRight = false, ...each }) => ({
      ...each,
      isRight: isRight && !isOther(each.queue),
    })),
    ...[...ofCalls, ...ofRows].map((each) => ({ ...each, isRight: !isOther(each.queue) })),
  ];
};

/**
 * The state in which a feed reads its source once more since its queues were chosen otherwise: what it brought is outdated
 * until it has been read again, and what came before its time then is none of it. Undefined: there is no need, since the
 * calls that are kept are all that it brought.
 */
export const begunAgain = (
  state: FeedState,
  settings: FeedSettings,
  cursor: unknown,
  book: CallBook,
  rules: Pick<RecordRules, 'hotline' | 'zone'>,
): FeedState | undefined => {
  const outdated = outdatedBy(state, settings, rules);
  const isKept = !(book.settledBefore > startOfInterval(rules)(book.earliest));
  const hasRows = (state.brings ?? []).length > 0 || Object.keys(state.files).length > 0;
  if (outdated === undefined || (isKept && !hasRows && (state.outdated ?? []).length === 0)) return undefined;
  const { anyQueue, presentSince, presentUntil, tiers, earliest, noneBefore } = state;
  return {
    ...newState(),
    cursor,
    anyQueue,
    presentSince,
    presentUntil,
    ...(tiers === undefined ? {} : { tiers }),
    noneBefore: noneBefore ?? earliest ?? undefined,
    turns: turnsOf(state, settings),
    outdated,
  };
};

/**
 * Makes a feed's rows anew out of the calls that are kept, since its queues were chosen otherwise; what is settled stays as
 * it is, and outdated.
 */
export const beginAnew = (
  state: FeedState,
  settings: FeedSettings,
  book: CallBook,
  rules: Pick<RecordRules, 'hotline' | 'zone'>,
): void => {
  const outdated = outdatedBy(state, settings, rules);
  if (outdated === undefined) return;
  const gone = new Set(outdated.flatMap(({ queue, isRight }) => (isRight === true ? [] : queue)));
  state.outdated = outdated;
  state.quiet = {};
  if (state.brings !== undefined) state.brings = state.brings.filter((queue) => !gone.has(queue));
  if (book.settledBefore > book.earliest) book.earliest = book.settledBefore;
};

/** The part of an interval that is known is no more of it than before. */
const beginsLater = (state: FeedState, book: CallBook): boolean =>
  state.noneBefore !== undefined && book.earliest > state.noneBefore;

/** From where on all that a feed brought has been read again; undefined: nothing of it. */
const knownSince = (
  state: FeedState,
  book: CallBook,
  rules: Pick<RecordRules, 'hotline' | 'zone'>,
): number | undefined => {
  if (!Number.isFinite(book.earliest) || !Number.isFinite(book.watermark)) return undefined;
  const start = startOfInterval(rules)(book.earliest);
  return beginsLater(state, book) && start < book.earliest ? endOfInterval(book.earliest, rules) : start;
};

/**
 * Takes out of what is outdated that which stands anew with this step: the calls' time, and what rows are of. Answers what
 * is to go first; queues that others bring by now are theirs.
 */
export const replaceOutdated = (
  state: FeedState,
  spans: readonly Touched[],
  book: CallBook,
  isOfAnother: (queue: string) => boolean,
  rules: Pick<RecordRules, 'hotline' | 'zone'>,
): Outdated[] => {
  const outdated = state.outdated ?? [];
  if (outdated.length === 0) return [];
  const since = knownSince(state, book, rules);
  const known = [
    ...spans,
    ...(since === undefined ? [] : [{ from: since, to: endOfInterval(book.watermark, rules) }]),
  ];
  state.outdated = outdated.flatMap((each) => withoutSpans(each, known));
  return outdated
    .flatMap((each) => withoutSpans(each, state.outdated?.filter(({ queue }) => queue === each.queue) ?? []))
    .filter(({ queue }) => !isOfAnother(queue));
};

/** Whether an interval's calls stand as they were brought before, of which now only a part can be read. */
export const isBroughtBefore = (state: FeedState, startMillis: number): boolean =>
  (state.outdated ?? []).some(({ from, to }) => from <= startMillis && startMillis < to);
