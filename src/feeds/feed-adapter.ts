import type { FeedDocument, FeedSettings } from '../contract/documents/feed-documents.ts';
import type { FileUnpacker } from '../ingest/tables/file-unpacker.ts';
import type { Problem } from '../kernel/errors.ts';
import type { FeedStep, Models, Ports, RecordWriter, Store } from '../planning/ports.ts';
import type { ReadEvent, Touched } from './call-book.ts';
import type { Leg } from './resting-calls.ts';

/** Rows of a feed: each is one of stored, unknown, refused and repeated. */
export interface Counts {
  read: number;
  stored: number;
  unknown: number;
  refused: number;
  repeated: number;
}

type StateName = FeedDocument['state']['is'];

/** A file of a folder, as it was read last. */
export interface SeenFile {
  /** Size, time of change and inode: what has not changed is not opened. */
  readonly looks: string;
  readonly hash: string;
  /** What it holds, and its first and last day; none where it was refused. */
  readonly kind?: string;
  readonly days?: readonly [first: string, last: string];
  readonly why?: Problem;
  /** By which map it was refused. */
  readonly by?: string;
  /** Rows of queues in it that another feed brings. */
  readonly left?: Readonly<Record<string, number>>;
}

/** A span of which nobody knows what it held, how often its source was asked for it again, and when that is due. */
export interface Gap extends Touched {
  /** The source has no more of it: what was written between a copy and its cut is in neither. */
  readonly forGood?: boolean;
  readonly asked?: number;
  readonly dueMillis?: number;
}

/** Calls of an interval by the source's own total and by what was counted here. */
export interface Difference {
  readonly queue: string;
  readonly startMillis: number;
  readonly said: number;
  readonly counted: number;
}

/** How far a feed has come; kept as JSON. */
export interface FeedState extends Counts {
  is: StateName;
  sinceMillis: number | null;
  why?: Problem | undefined;
  cursor?: unknown;
  /** Null: nothing was heard of yet. */
  earliest: number | null;
  watermark: number | null;
  /** Mean time between events, as it is lately, milliseconds. */
  spacing: number | null;
  carried: Carried;
  /** Its queues are the hotline's, under whatever name, where its settings name none. */
  anyQueue: boolean;
  /** What intervals were made by; where it is another now, they are made anew. */
  madeBy: string;
  /** When its source was last looked at, as far as that was kept. */
  lookedMillis: number | null;
  /** When the last call came, the longest stretches of the last weeks without one, and the source that these are of (`sourceOf`). */
  lastCall?: number;
  pauses?: readonly Touched[];
  callsOf?: string;
  /** Until when it counts as catching up: it began, or came on faster than the clock does and so reads what is old. */
  gainsUntil: number | null;
  /** Since when something may be missing, until it is heard of again. */
  lostSince: number | null;
  lostForGood?: boolean;
  gaps: Gap[];
  /** From when until when a queue's quiet intervals were looked for, and since when they are. */
  quiet: Record<string, Touched & { readonly since?: number }>;
  /** Intervals of which calls are in hand, with the seconds of those that have ended: as a total they would be too few. */
  inHand: Record<string, number>;
  /** Some of them are still to be looked for. */
  isBehind: boolean;
  /** From when until when it is known who was there; null: the feed says nothing of operators. */
  presentSince: number | null;
  presentUntil: number | null;
  /** Who waits now, by the switchboard's queue, and since when the first of them does. */
  waiting: Record<string, { readonly calls: number; readonly since: number }>;
  /** How many are on each queue now, where the source says that and who waits itself. */
  onQueue?: Record<string, number>;
  /** When it said so last. */
  observedMillis?: number;
  differences: readonly Difference[];
  unknownEvents: Record<string, number>;
  unknownQueues: Record<string, number>;
  refusals: Record<string, number>;
  files: Record<string, SeenFile>;
  /** First and last day of rows that came in no file, and the hotline's queues that rows by interval are of. */
  days?: SeenFile['days'];
  brings?: readonly string[];
  /** Tiers whose presence it brings, and those of which another feed does: which. */
  tiers?: readonly string[];
  presenceLeft?: Readonly<Record<string, string>>;
  /** Rows that it brought while its queues were chosen otherwise, and that nothing new stands for yet. */
  outdated?: readonly (Touched & { readonly queue: string; readonly isRight?: boolean })[];
  /** By queue of the switchboard, how often what it had said counted no more. */
  turns?: Readonly<Record<string, number>>;
  /** What its source has from before this instant is none of the feed's. */
  noneBefore?: number | undefined;
  /** Since when it is read anew, and counts so. */
  anewMillis?: number;
}

/** Who waits and how many are on each queue now, by the source's own word. */
export type Standing = Required<Pick<FeedState, 'waiting' | 'onQueue'>>;

/** What the calls so far carry: it says which figures an interval without calls has. */
export interface Carried {
  handle: boolean;
  callers: boolean;
}

/** What a reader of feeds needs from outside. */
export interface FeedGround {
  readonly store: Store;
  readonly models: () => Promise<Models>;
  readonly saveHotline: Ports['saveHotline'];
  readonly unpacker: FileUnpacker;
  readonly now: () => number;
  /** Under this callers, operators and calls become pseudonyms; never stored with them. */
  readonly secret: string;
  /** Most bytes that are read at once, and how often before what came of it is stored. */
  readonly pieceBytes: number;
  readonly piecesPerStep: number;
}

/** Something that came in: an event, a row that is refused, or one of which no more is kept than what it is called. */
export type CameIn = ReadEvent | { readonly fault: string } | { readonly passed: string };

/** What came in at once: events, and rows that are none. */
export interface Portion {
  readonly events: Iterable<CameIn>;
  readonly cursor?: unknown;
  /** Something may have been lost before it, since the last look or since what was read last. */
  readonly broken?: boolean | 'after-copy';
  readonly more?: boolean;
  /** Bytes that wait to be read. */
  readonly behind?: number;
  /** Files of a folder that were looked at, and rows that were stored by themselves. */
  readonly files?: Readonly<Record<string, SeenFile | null>>;
  readonly counts?: Partial<Counts>;
  /** Rows of files: written together with how far the feed has come, or not at all. */
  readonly rows?: {
    /** The days and the hotline's queues that they are of, and how many they are. */
    readonly days?: SeenFile['days'];
    /** The intervals themselves that they are of, where they may be some of a day's. */
    readonly spans?: readonly Touched[];
    readonly queues?: readonly string[];
    readonly found?: number;
    /** What is kept of them for good. */
    readonly kept?: FeedStep['calls'];
    /** What they come to is known once they are written. */
    readonly write: (into: RecordWriter) => Promise<Partial<Counts>>;
    readonly finish: () => Promise<void>;
  };
  /** Nothing is known of this stretch. */
  readonly lost?: Touched;
  /** The gap that was asked for. */
  readonly asked?: Gap;
  /** Spans of which all is known with this: gaps in them are filled. */
  readonly covers?: readonly Touched[];
  /** Hears that the portion is stored: what it came from may be let go. */
  readonly stored?: () => void;
  /** Intervals by the source's own totals and by what was counted here: those that differ are shown until they agree. */
  readonly differences?: readonly (Difference & { readonly agrees: boolean })[];
  readonly standing?: Standing;
  /** What is not known beside all that was read. */
  readonly why?: Problem | undefined;
  /** Calls of queues that are none of the hotline's, of rows that are not in it. */
  readonly unknownQueues?: Record<string, number>;
  /** Calls of which no more is kept than how they began, beside the events; `counts` has them. */
  readonly passed?: Readonly<Record<string, number>>;
  /** Takes up what rows of this portion were refused for. */
  readonly refusals?: Record<string, number>;
}

/** What a step came to. */
export interface Stepped {
  readonly counts: Counts;
  /** The source cannot be read: there is no hurry. */
  readonly rests?: true;
  /** What it broke at just now, where that is none of the source's faults. */
  readonly failed?: unknown;
  /** There is more to read at once. */
  readonly more: boolean;
  /** Somebody else has moved the feed on: what was read here counts for nothing. */
  readonly overtaken: boolean;
}

/** What an adapter reads by. */
export interface ReadingGround extends FeedGround {
  readonly name: string;
  readonly settings: FeedSettings;
  readonly state: FeedState;
  readonly pseudonym: (name: string) => string;
  /** What the hotline calls a queue of the source; undefined where the feed does not take it. */
  readonly queueOf: () => Promise<(queue: string) => string | undefined>;
  /** The hotline's queues that other feeds bring. */
  readonly leftOut: () => Promise<ReadonlySet<string>>;
  /** Somebody asks for what is there now; else it is read as time goes by. */
  readonly isAsked: boolean;
  /** What stays open between two readings, such as a connection. */
  readonly held: Held;
  /** What files of calls came to that were read before. */
  readonly kept: { calls?: object };
}

/** What an adapter keeps open as long as its feed is read. */
export interface Held {
  now?: { close(): void | Promise<void> };
}

/** A way in: what its events mean, and how they are read where they are not pushed. */
export interface FeedAdapter {
  readonly legsOf: (events: readonly string[], isOver: boolean) => readonly Leg[];
  /** Of a call's events, which say only that it goes on, and which take the place of all before. */
  readonly isPassing?: (event: string) => boolean;
  readonly replaces?: (event: string) => boolean;
  /** Throws `UsageError` where the feed cannot be set up so. */
  readonly check?: (settings: FeedSettings) => void;
  /** Where its source stands when it is set up; whatever comes after that is the feed's. */
  readonly begin?: (settings: FeedSettings) => Promise<unknown>;
  /** Where it reads its source from its beginning, whatever has been read of it; undefined: that has no history. */
  readonly again?: (settings: FeedSettings, state: FeedState) => { readonly cursor: unknown } | undefined;
  /** Undefined: nothing is new. Throws where the source cannot be read. */
  readonly read?: (ground: ReadingGround) => Promise<Portion | undefined>;
  /** Asks the source again for a span that was missed; undefined: it has no history of it. */
  readonly reread?: (ground: ReadingGround, gap: Touched) => Promise<Portion | undefined>;
  /** Every call that was answered says how long it took. */
  readonly handle: boolean;
}
