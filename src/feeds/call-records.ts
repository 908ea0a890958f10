import type { PushedCall } from '../contract/documents/feed-documents.ts';
import type { KnownCall } from '../ingest/kinds/ingest-calls.ts';
import { instantsOfWallClock } from '../kernel/time.ts';
import type { ReadEvent } from './call-book.ts';
import { callFault, type Pseudonym } from './queue-log.ts';
import type { Leg } from './resting-calls.ts';

/** A call that is said as a whole: by a program, or by a row of a table. */
interface CallRecord extends Omit<KnownCall, 'outcome'> {
  readonly id: string;
  /** Undefined: it waits. */
  readonly outcome: KnownCall['outcome'] | 'left' | undefined;
  /** It was answered and has not ended. */
  readonly isInHand?: boolean;
}

type Kept = readonly [
  queue: string,
  arrivedMillis: number,
  outcome: NonNullable<CallRecord['outcome']> | null,
  waitSeconds: number,
  handleSeconds: number | null,
  operator: string,
  caller: string,
  isInHand?: true,
];

/** True of what `recordEvent` keeps: the last that is said of such a call stands. */
export const isRecord = (event: string): boolean => event.startsWith('[');

/** A call's leg by the last that was said of it; of one that still waited when nothing more is waited for, it has left. */
export const recordLegs = (events: readonly string[], isOver = false): readonly Leg[] => {
  const last = events.at(-1);
  if (last === undefined) return [];
  // written by `recordEvent`
  const [queue, arrivedMillis, said, waitSeconds, handle, operator, caller, inHand] = JSON.parse(
    last,
  ) as Kept;
  const outcome = said ?? (isOver ? 'left' : undefined);
  const answeredMillis = outcome === 'answered' ? arrivedMillis + waitSeconds * 1000 : undefined;
  const isInHand = inHand === true && !isOver;
  const endedMillis =
    outcome === undefined || isInHand ? undefined : arrivedMillis + (waitSeconds + (handle ?? 0)) * 1000;
  const handleSeconds = handle ?? undefined;
  return [
    {
      queue,
      arrivedMillis,
      outcome,
      waitSeconds,
      answeredMillis,
      endedMillis,
      handleSeconds,
      operator,
      caller,
    },
  ];
};

/**
 * The instants that a time can mean: one with an offset, one of a wall clock, two where that hour comes twice; none where it
 * is no time, or one that clocks jump over.
 */
export const instantsOf = (text: string, zone: string): readonly number[] => {
  if (/(Z|[+-]\d{2}(:?\d{2}){0,2})$/i.test(text)) {
    const instant = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'));
    return Number.isNaN(instant) ? [] : [instant];
  }
  const clock = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?$/.exec(text);
  if (clock === null) return [];
  const beyond = Math.round(1000 * Number(clock[4] ?? 0));
  try {
    return instantsOfWallClock(`${clock[1]}T${clock[2]}${clock[3] ?? ':00'}`, zone).map((at) => at + beyond);
  } catch {
    // no day of the calendar, or no time of one
    return [];
  }
};

/** When and in which queue (or tier) a row that a program sends is, or what is wrong with that. */
export const placeOf = (
  text: string,
  name: string,
  zone: string,
): { readonly at: number; readonly name: string } | { readonly fault: string } => {
  const [at = Number.NaN, ...others] = instantsOf(text, zone);
  const fault = others.length > 0 ? 'bad-time' : callFault(at, name);
  return fault === undefined ? { at, name: name.trim() } : { fault };
};

/** A call as an event: its key is its id in its queue, by a pseudonym. */
export const recordEvent = (
  call: CallRecord,
  pseudonym: Pseudonym,
): ReadEvent | { readonly fault: string } => {
  const { arrivedMillis: arrived, outcome } = call;
  const queue = call.queue.trim();
  const fault = callFault(arrived, queue);
  if (fault !== undefined) return { fault };
  const isIn = outcome === 'answered' || outcome === 'abandoned' || outcome === 'left';
  const handle = outcome === 'answered' ? (call.handleSeconds ?? null) : null;
  const [operator = '', caller = ''] = [call.operator, call.caller].map((name) =>
    name === '' ? '' : pseudonym(name),
  );
  const wait = isIn ? call.waitSeconds : 0;
  const inHand = call.isInHand === true ? ([true] as const) : ([] as const);
  const kept: Kept = [queue, arrived, outcome ?? null, wait, handle, operator, caller, ...inHand];
  return {
    key: pseudonym(`${call.id}\n${queue}`),
    at: arrived,
    began: arrived,
    event: JSON.stringify(kept),
    queue,
  };
};

/** A call that a program sends. */
export const pushedEvent = (
  call: PushedCall,
  zone: string,
  pseudonym: Pseudonym,
): ReadEvent | { readonly fault: string } => {
  const place = placeOf(call.arrived_at, call.queue, zone);
  if ('fault' in place) return place;
  const { at: arrivedMillis } = place;
  const { call_id: id, queue, outcome, handle_seconds: handleSeconds, operator = '', caller = '' } = call;
  const waitSeconds = call.wait_seconds;
  return recordEvent(
    { id, queue, arrivedMillis, outcome, waitSeconds, handleSeconds, operator, caller },
    pseudonym,
  );
};
