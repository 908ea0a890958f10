import type { HotlineModel } from '../contract/models/hotline-model.ts';
import type { LeversModel } from '../contract/models/levers-model.ts';
import type { LabourRulesModel } from '../contract/models/labour-rules-model.ts';
import type { MonitorModel, ScorecardModel } from '../contract/models/monitor-model.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { ShiftsModel } from '../contract/models/shifts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import type {
  AuditAction,
  AuditChain,
  AuditEntry,
  AuditNote,
  DiaryNote,
  EarlierModel,
  StoredDiaryNote,
} from '../contract/documents/audit-document.ts';
import type { LineOverview, Maintenance } from '../contract/documents/line-overview.ts';
import type { PlanSummary } from '../contract/http/workspace-document.ts';
import type { ModelName } from '../contract/http/model-name.ts';
import type { Overrule } from '../contract/documents/overrule-schema.ts';
import type { PlanLife, PlanStepWanted } from '../contract/plan-life.ts';
import type { DayStep, TakenAction } from '../contract/documents/day-document.ts';
import type { Duty, RosterChange, RosterDocument } from '../contract/documents/roster-document.ts';
import type {
  FeedDocument,
  FeedRun,
  FeedSettings,
  FeedTest,
  PushAnswer,
  Pushed,
  HandleTimeConvention,
} from '../contract/documents/feed-documents.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Actor } from '../kernel/actor.ts';
import type { CalendarOverride } from '../kernel/calendar.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { FileUnpacker } from '../ingest/tables/file-unpacker.ts';
import type { ParallelMap, Progress, ShouldStop, Solver } from '../kernel/ports.ts';
import type {
  EventRecord,
  MonitoringResult,
  PresenceRecord,
  RecordOfKind,
  StoredKind,
  TestCall,
  TimedKind,
  TrafficMeasure,
  TrafficRecord,
} from '../kernel/records.ts';
import type { TestCallColumns } from '../monitoring/time-parts.ts';

/** Half-open span of instants, epoch milliseconds. */
export interface Span {
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** Stretches of time of one length, told by their starts: multiples of it since 1970. */
export interface Stretches {
  readonly minutes: number;
  readonly startMillis: readonly number[];
}

/** How many rows a write added, changed and found as they were. Writing the same twice changes nothing. */
export interface WriteCount {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Traffic of one queue as columns in time order: what a fit reads. Fields absent in the data are NaN.
 */
export interface TrafficColumns extends Readonly<Record<TrafficMeasure, Float64Array>> {
  readonly queue: string;
  readonly intervalMinutes: number;
  readonly startMillis: Float64Array;
  /** Starts of those that are known in part: what they hold is too little. Absent: there are none. */
  readonly inPart?: Float64Array;
}

export interface MonitoringStore {
  testCalls(hotline?: string, span?: Span): Promise<readonly TestCall[]>;
  /** What rates are counted from, of every hotline that has test calls in the span: many calls at little cost. */
  testCallColumns(hotline?: string, span?: Span): Promise<readonly TestCallColumns[]>;
  /** Hotlines that have single test calls, and from when to when. */
  testCallSpans(): Promise<
    readonly { readonly hotline: string; readonly firstMillis: number; readonly lastMillis: number }[]
  >;
  /** A name that changes whenever test calls do: asking for it costs next to nothing. */
  testCallsVersion(): Promise<string>;
  results(period?: string): Promise<readonly MonitoringResult[]>;
}

/** Which calls of a queue went: the first and the last day that had any of them. */
export interface TrafficRemoved {
  readonly queue: string;
  readonly rows: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Figures of a file that calls can hardly have and that the user has confirmed. */
export interface AcceptedUnusual {
  readonly file: string;
  /** When it was imported, ISO instant. */
  readonly at: string;
  readonly said: readonly Sayable[];
}

/** What may be written together, as one. */
export type RecordWriter = Pick<
  Store,
  'write' | 'replaceMadeUp' | 'markMadeUp' | 'keepAccepted' | 'keepHandleTimes'
>;

/** From when until when a queue's handle times are counted by a convention. */
export interface HandleTimeSpan {
  readonly queue: string;
  readonly convention: HandleTimeConvention;
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** A feed as it is kept: how it is set up, how far it has come, and how often it has moved on. */
export interface StoredFeed {
  readonly name: string;
  readonly settings: FeedSettings;
  /** Its own to read; undefined: it has not begun. */
  readonly state: unknown;
  readonly version: number;
}

/** What is kept of a call, or an operator, that may still change. */
export interface StoredFeedCall {
  readonly call: string;
  readonly firstMillis: number;
  readonly lastMillis: number;
  readonly events: string;
}

/** A step of a feed: all of it is there afterwards, or nothing. */
export interface FeedStep {
  readonly state: unknown;
  readonly calls: readonly StoredFeedCall[];
  /** Calls go whose last event lies before this instant, but for those whose name begins with this. */
  readonly forget?: { readonly beforeMillis: number; readonly but?: string };
  readonly traffic: readonly TrafficRecord[];
  readonly presence: readonly PresenceRecord[];
  /** By which its handle times are counted. */
  readonly handleTime: HandleTimeConvention;
  /** Written only where nothing stands. */
  readonly quiet: readonly TrafficRecord[];
  /**
   * Which of the intervals that are written are known in part: those that begin in the spans, and rows whose interval is not
   * over now. Of the feed's queues all others since then are whole.
   */
  readonly inPart?: {
    readonly queues: readonly string[];
    readonly since: number;
    readonly spans: readonly { readonly from: number; readonly to: number }[];
    readonly nowMillis: number;
  };
  /** Intervals of which the feed has seen a part: written only where no more calls stand. */
  readonly partial: readonly TrafficRecord[];
  /** Rows that go first: those of a queue that begin in a span. */
  readonly outdated?: readonly { readonly queue: string; readonly from: number; readonly to: number }[];
  /** Whether it still holds beside all feeds; false: nothing is written. */
  readonly holds?: ((feeds: readonly StoredFeed[]) => boolean) | undefined;
  /** The made-up line gives way first. */
  readonly replacesMadeUp: boolean;
  /** What is written with it, such as rows of files, before the state: it may say there what came of them. */
  readonly also?: ((into: RecordWriter) => Promise<unknown>) | undefined;
}

/** Live feeds and the calls that they put together. */
export interface FeedStore {
  all(): Promise<readonly StoredFeed[]>;
  /** Adds a feed, with the state in which it begins, or changes how one is set up. */
  put(name: string, settings: FeedSettings, begins?: unknown): Promise<void>;
  /** Removes a feed with what is kept of its calls; what it brought stays. */
  remove(name: string): Promise<boolean>;
  /** What is kept of its calls (a last instant of 8.64e15: no call, but a row that was said at its first instant, for weeks), or of all of these names. */
  calls(name: string, calls?: readonly string[]): Promise<readonly StoredFeedCall[]>;
  /** False, and nothing written, where the feed has moved on since that version, is gone, or the step does not hold. */
  move(name: string, version: number, step: FeedStep): Promise<boolean>;
  /** What is kept of alarms, its own to read; changed in one step, also where others change it at once. */
  alarms(change?: (kept: unknown) => unknown): Promise<unknown>;
}

/** What is done with a hotline's live feeds. A name that no feed has throws `UsageError`. */
export interface Feeds {
  list(): Promise<readonly FeedDocument[]>;
  /** Both are noted as done by whose store is given. */
  put(name: string, settings: FeedSettings, store?: Store): Promise<FeedDocument>;
  remove(name: string, store?: Store): Promise<boolean>;
  /** Looks at a source, and stores nothing. */
  test(name: string): Promise<FeedTest>;
  /** Reads what is there. */
  run(name: string): Promise<FeedRun>;
  /** Takes rows; without a name the only feed that is pushed to. */
  push(name: string | undefined, rows: Pushed): Promise<PushAnswer>;
  /** Takes records of a stream, in base64, likewise; what is none of a stream's is counted as refused. */
  pushStream(name: string | undefined, records: readonly string[]): Promise<void>;
  /** Reads what comes, of all feeds or of one, until it is told to stop. */
  follow(heard?: (name: string, error: unknown) => void, only?: string): () => Promise<void>;
}

/** Where one hotline's records live: SQLite or PostgreSQL. Every write is whole or not at all. */
export interface Store {
  /** Who the writes of this store are by. */
  readonly actor: Actor;
  /** The same records, written by somebody else from there on; closing either closes both. */
  by(actor: Actor): Store;
  /**
   * Several writes as one: all of them are there afterwards, or none. Inside, only what is handed in may be called:
   * any other write would wait for this one.
   */
  together<Answer>(work: (into: RecordWriter) => Promise<Answer>): Promise<Answer>;
  /** Adds records of a kind, or puts them in the place of those of the same key. */
  write<Kind extends StoredKind>(kind: Kind, records: Iterable<RecordOfKind<Kind>>): Promise<WriteCount>;
  /**
   * Records of a kind in the order of their key; those that begin (or play) in a span, of kinds that have times. Duties
   * are those of rosters that were imported: published ones stand in their documents. Test calls are asked for by
   * hotline, traffic as columns. Of presence only what begins in some stretches may be asked for; what lasts longer
   * than they do comes as well.
   */
  read<Kind extends Exclude<StoredKind, 'test-calls'>>(
    kind: Kind,
    span?: Kind extends TimedKind ? Span : never,
    during?: Kind extends 'presence' ? Stretches : never,
  ): Promise<readonly RecordOfKind<Kind>[]>;
  /** Keeps what was accepted of files of one kind, in the place of what was accepted of the same files before. */
  keepAccepted(kind: string, accepted: readonly AcceptedUnusual[]): Promise<void>;
  /** Keeps by which convention handle times that were written are counted: the last that was said of a time stands. */
  keepHandleTimes(spans: readonly HandleTimeSpan[]): Promise<void>;
  /** Each queue's conventions in order of time; of what an earlier version stored nothing is known. */
  handleTimes(): Promise<readonly HandleTimeSpan[]>;
  /** What was accepted and still stands, by kind of file. */
  accepted(): Promise<readonly (AcceptedUnusual & { readonly kind: string })[]>;
  traffic(queue: string, span?: Span): Promise<TrafficColumns>;
  /** Takes a queue's intervals that begin in a span out; how many went, and of which days of a zone, if any. */
  removeTraffic(queue: string, span: Span, zone: string): Promise<TrafficRemoved | undefined>;
  /** Queues that have traffic, with their first and last instant, step and rows. */
  trafficSummary(): Promise<
    readonly {
      readonly queue: string;
      readonly firstMillis: number;
      readonly lastMillis: number;
      readonly intervalMinutes: number;
      readonly rows: number;
    }[]
  >;
  /** Changes with every write of traffic, events, causes or forecasts from outside: says whether a stored forecast still fits. */
  dataHash(): Promise<string>;
  /** The same of who was present when: asking for it costs next to nothing. */
  presenceHash(): Promise<string>;
  /**
   * Puts one event in the place of another; null: of nothing, or nothing. False, and nothing written, where `before` does
   * not stand as it was read, or where another event has the date, kind, label and queue of `after`.
   */
  changeEvent(before: EventRecord | null, after: EventRecord | null): Promise<boolean>;
  monitoring: MonitoringStore;
  feeds: FeedStore;
  overrules(): Promise<readonly (Overrule & { readonly id: number })[]>;
  /** Both throw `BadInputError`, nothing changed, where the overrules are no longer of that `overrulesVersion`. */
  addOverrule(overrule: Overrule, version?: string): Promise<number>;
  removeOverrule(id: number, version?: string): Promise<boolean>;
  /**
   * Keeps a plan and, in the same step, the bytes of the operation it plans and of its forecast of weeks ahead. A plan of the made-up line is refused
   * (`BadInputError`) once own traffic has taken that line's place. One kept `beside` the others is never the latest of them.
   */
  savePlan(plan: PlanDocument, operation?: Uint8Array, frozen?: Uint8Array, beside?: boolean): Promise<void>;
  plannedOperation(id: string): Promise<Uint8Array | undefined>;
  /** The forecast of weeks ahead as it was when the plan was made; undefined where none was kept. */
  frozenForecast(plan: string): Promise<Uint8Array | undefined>;
  /**
   * A plan by id, or the one in force for the week of the latest (see `latestFirst`: a what-if never hides its week's
   * own plan); undefined when there is none.
   */
  plan(id?: string): Promise<PlanDocument | undefined>;
  /** The plan in force for an ISO week: the published one, else the approved, else the latest made. */
  planOfWeek(week: string): Promise<PlanDocument | undefined>;
  /** All plans, the latest first; `name` is what somebody has called it. */
  plans(): Promise<readonly PlanSummary[]>;
  // The following change a plan and answer what became of it, or undefined (false) where there is none. Each throws
  // `BadInputError`, nothing changed, where the plan has changed since `version` was read, or is locked.
  /** Gives a plan a name, or takes it back (null). */
  namePlan(id: string, name: string | null, version?: number): Promise<PlanLife | undefined>;
  /** Takes a plan a step further in its life. */
  stepPlan(id: string, wanted: PlanStepWanted, version?: number): Promise<PlanLife | undefined>;
  /** Adds a note; a locked plan takes notes too. */
  notePlan(id: string, text: string, version?: number): Promise<PlanLife | undefined>;
  /** Removes a plan with its operation and name. */
  removePlan(id: string, version?: number): Promise<boolean>;
  /** What became of a plan since it was made. */
  planLife(id: string): Promise<PlanLife | undefined>;
  /** Keeps a roster under its id, in the place of one of the same id. */
  saveRoster(roster: RosterDocument): Promise<void>;
  /**
   * Keeps a roster that changed (by a swap, a stand-in, its publication) and the change, in one step. False, and
   * nothing kept, where the roster has changed since the revision that it bears was read.
   */
  changeRoster(roster: RosterDocument, change: RosterChange): Promise<boolean>;
  /** A roster with the revision that it has by now. */
  roster(id: string): Promise<RosterDocument | undefined>;
  /** All rosters, the last saved first. */
  rosters(): Promise<readonly RosterSummary[]>;
  /** What became of a roster, or of all, in order. */
  rosterChanges(roster?: string): Promise<readonly RosterChange[]>;
  /** What was taken of a day's actions, in order. */
  dayActions(date: PlainDate): Promise<readonly StoredDayAction[]>;
  /** An action's own, by id. */
  dayAction(id: number): Promise<StoredDayAction | undefined>;
  /** The roster as it was stored before an action alone changed it; undefined where it has been changed since. */
  rosterBefore(dayAction: number): Promise<RosterDocument | undefined>;
  /**
   * Keeps a step each of some actions and the change of a roster that belongs to them, in one transaction: all of it or
   * nothing. Answers the actions' ids; what has changed meanwhile where the day has no longer so many steps, or the
   * roster so many changes, and nothing is kept.
   */
  actOnDay(act: DayAct): Promise<readonly number[] | 'day' | 'roster'>;
  /** What happened on days, as people noted it, by date. */
  diary(): Promise<readonly StoredDiaryNote[]>;
  addDiaryNote(note: DiaryNote): Promise<number>;
  /**
   * Changes a note, or removes it (null), and with it the event that it stands for; false where there is none. Throws
   * `BadInputError`, nothing changed, where it is no longer of that version.
   */
  changeDiaryNote(id: number, note: DiaryNote | null, version?: number): Promise<boolean>;
  /** The log of changes, the latest first; every other write adds to it in its own transaction. */
  audit(wanted?: AuditWanted): Promise<readonly AuditEntry[]>;
  /**
   * Adds changes that are made elsewhere than in the store (model files, accounts), and has them made meanwhile: where
   * `change` fails nothing is noted. Models that it replaces are kept as they were.
   */
  noteChange(
    notes: readonly AuditNote[],
    change?: () => Promise<void>,
    replaced?: readonly Pick<EarlierModel, 'model' | 'document'>[],
  ): Promise<void>;
  /** Earlier versions of a model, or of all, the latest first. */
  earlierModels(model?: ModelName): Promise<readonly EarlierModel[]>;
  /** Lets entries before an instant go and says so in the log; how many went. */
  shortenAudit(beforeMillis: number): Promise<number>;
  /** Whether the log is what was once written. */
  auditChain(): Promise<AuditChain>;
  /** Whether nothing of the database is to be changed for now, and why; null: it may. */
  maintenance(): Promise<Maintenance | null>;
  /** Begins maintenance, or ends it (null). */
  setMaintenance(maintenance: Maintenance | null): Promise<void>;
  /** Keeps this line at a glance, in the place of what was kept. */
  keepOverview(overview: LineOverview): Promise<void>;
  /** What is kept of every line of the database, by line. */
  overviews(): Promise<ReadonlyMap<string, LineOverview>>;
  /** Fitted forecasts and other results that can be computed again, by key. */
  cached(key: string): Promise<Uint8Array | undefined>;
  cache(key: string, value: Uint8Array): Promise<void>;
  /**
   * Writes a line's first own traffic in the place of the made-up line, in one transaction: what was added to it since
   * `markMadeUp` stays, and so do diary, earlier settings, roles and tokens. Once own traffic is there nothing is
   * replaced any more: the rows are added as by `write`.
   */
  replaceMadeUp(records: Iterable<TrafficRecord>): Promise<WriteCount>;
  /** Notes that the records that are there now are made up; without it all of them are taken to be. */
  markMadeUp(): Promise<void>;
  /** True once `replaceMadeUp` has put own traffic in. */
  holdsOwnTraffic(): Promise<boolean>;
  /**
   * Where the records were moved to from here (`huawu move`), without a password; undefined where they live here. After
   * a move every write is refused with `BadInputError` (rule `records-moved`); reads go on.
   */
  movedTo(): Promise<string | undefined>;
  /** Where the last write failed since the database could not be written, tries another one; throws as it does. */
  tryWriting(): Promise<void>;
  close(): Promise<void>;
}

/** Which part of the log of changes: of a span, below a number, at most so many. */
interface AuditWanted extends Partial<Span> {
  readonly below?: number;
  readonly limit?: number;
  /** Kinds of changes; left out: every kind. */
  readonly actions?: readonly AuditAction[];
}

/** An action of a day as it is kept. */
export interface DayActionEntry {
  readonly action: TakenAction['action'];
  readonly steps: readonly DayStep[];
  readonly roster: TakenAction['roster'];
  /** The person's day that it changes; null: nobody's. */
  readonly duty: { readonly before: Duty | null; readonly after: Duty | null } | null;
  /** What it shares with actions that cannot be taken beside it, people apart. */
  readonly words: readonly string[];
  /** What it changes of the day's operation, packed; no person is named in it. */
  readonly option: string;
}

export interface StoredDayAction extends DayActionEntry {
  readonly id: number;
  readonly date: PlainDate;
}

interface DayAct {
  readonly date: PlainDate;
  /** Steps that the day had when it was decided. */
  readonly revision: number;
  readonly acts: readonly {
    /** Of an action that is there; undefined: a new one. */
    readonly id?: number | undefined;
    readonly entry: DayActionEntry;
  }[];
  readonly roster?:
    | {
        readonly document: RosterDocument;
        readonly change: RosterChange;
        /** Changes that the roster had when it was read. */
        readonly revision: number;
      }
    | undefined;
}

/** A stored roster by its head. */
type RosterSummary = Pick<RosterDocument, 'id' | 'from' | 'to' | 'createdAt' | 'publishedAt'>;

/** The validated files of a workspace's models/ folder. */
export interface Models {
  readonly hotline: HotlineModel;
  readonly targets: TargetsModel;
  readonly tiers: TiersModel;
  readonly shifts: ShiftsModel;
  readonly prompts: PromptsModel;
  /** What else relieves a peak (models/levers.json; defaults where it is not there). */
  readonly levers: LeversModel;
  readonly scorecard: ScorecardModel;
  readonly monitor: MonitorModel;
  /** Profiles of labour rules by file name (models/labour-rules); the first is the one in use where none is named. */
  readonly labourRules?: readonly LabourRulesModel[];
  /** The user's own calendar (models/calendar.json): outranks every other source. */
  readonly calendar: readonly CalendarOverride[];
}

/** A hotline whose people have not named it yet has no name here: it is saved under the one such lines are called by. */
type HotlineToSave = Omit<HotlineModel, 'name'> & Partial<Pick<HotlineModel, 'name'>>;

/** All that a use case needs from outside. */
export interface Ports {
  readonly store: Store;
  readonly models: Models;
  readonly solver: Solver;
  readonly unpacker: FileUnpacker;
  readonly parallel: ParallelMap;
  /** Names the code that computes: results kept for the next time are kept under it. Left out: none are kept. */
  readonly program?: string;
  /** The wall clock, epoch milliseconds: given, so that results can be repeated. */
  readonly nowMillis: number;
  readonly progress: Progress;
  readonly shouldStop: ShouldStop;
  /**
   * Called before the last thing that is stored: from there on the work is let to its end, so that "cancelled" always
   * means that nothing was stored. Throws where it has been cancelled.
   */
  readonly finishing?: () => void;
  /** Replaces models/hotline.json in one step. */
  readonly saveHotline: (hotline: HotlineToSave) => Promise<void>;
}
