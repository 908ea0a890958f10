import type { IngestDocument } from '../contract/documents/ingest-document.ts';
import type { HandleTimeConvention } from '../contract/documents/feed-documents.ts';
import type { IngestRequest } from '../contract/http/file-documents.ts';
import { maskLikelyPersonal } from '../ingest/cells/personal-numbers.ts';
import {
  emptyMap,
  type IngestOptions,
  type MapFile,
  type MonitoringRules,
} from '../ingest/columns/map-file.ts';
import type { IngestReport } from '../ingest/ingested.ts';
import { ingestRecords } from '../ingest/kinds/ingest-records.ts';
import type { ByteSource } from '../ingest/tables/byte-source.ts';
import { BadInputError, type RejectedRow } from '../kernel/errors.ts';
import { isOfPeople, type TrafficRecord } from '../kernel/records.ts';
import { addDays, dayMillis, localClock, type PlainDate, startOfDay } from '../kernel/time.ts';
import { usualDayShape, usualFigures, type UsualFigures } from '../kernel/traffic-doubts.ts';
import { checkResult, checkTestCall, indicatorNames } from '../monitoring/check-results.ts';
import { queueNamed, unlistedQueues } from './history/effective-models.ts';
import { lookAhead, notice, refuseLargeOverlap } from './forecasts/file-over-record.ts';
import { handleTimesDiffer } from './history/read-history.ts';
import { withTiers } from './history/tiers-of-people.ts';
import { planningProblem } from './planning-findings.ts';
import type {
  AcceptedUnusual,
  HandleTimeSpan,
  Models,
  Ports,
  RecordWriter,
  Store,
  TrafficColumns,
  TrafficRemoved,
  WriteCount,
} from './ports.ts';

/** Files to take in: the request, how their columns are named, and the secret of this one ingest. */
export interface IngestOrder extends IngestRequest {
  readonly map?: MapFile | undefined;
  /** Preset by which the files are read; left out: the one that each is recognised as. */
  readonly preset?: string | undefined;
  /** Units of durations by field, before what the map file says. */
  readonly units?: MapFile['units'] | undefined;
  /** By which convention handle times of intervals are counted, where that is more than `attribution` says. */
  readonly handleTime?: HandleTimeConvention | undefined;
  /** Calls: intervals of these days alone are stored, the first and the last included; left out: all. */
  readonly days?: readonly [first: PlainDate, last: PlainDate] | undefined;
  /** How far ahead of now a row may lie, milliseconds; left out: two years. */
  readonly aheadMillis?: number;
  /** Queues of which no row of traffic or calls is taken. */
  readonly leftOut?: IngestOptions['leftOut'];
  /** Queues that files may name besides those that are known, and those that are known by rows alone that go. */
  readonly queues?: { readonly chosen: readonly string[]; readonly gone: readonly string[] };
  /** Intervals, in the place of files. */
  readonly intervals?: IngestOptions['intervals'];
  /** Calls: what files that were read before came to. */
  readonly kept?: IngestOptions['kept'];
  /** Under this callers are distinguished; never stored. */
  readonly callerKey: string;
}

export interface IngestAnswer {
  readonly document: IngestDocument;
  readonly rejectedRows: readonly RejectedRow[];
}

interface FilesRead {
  readonly report: IngestReport;
  readonly rejectedRows: readonly RejectedRow[];
  /** Rows of queues that were left out, by what they are called there. */
  readonly left: ReadonlyMap<string, number>;
  readonly traffic: Iterable<TrafficRecord>;
  /** Writes what they hold, together with whatever else is written there. */
  readonly write: (into: RecordWriter) => Promise<IngestDocument['stored']>;
  /** Where that stands: says that the line is the user's own if it was made up. */
  readonly finish: () => Promise<void>;
}

/**
 * Takes files into the workspace: all of them are read before anything is stored, and any error refuses them
 * all (`BadInputError` with every problem) unless bad rows are to be skipped.
 */
export const ingestFiles = async (
  ports: Pick<Ports, 'store' | 'models' | 'nowMillis' | 'saveHotline' | 'unpacker' | 'finishing'>,
  sources: readonly ByteSource[],
  request: IngestOrder,
): Promise<IngestAnswer> => {
  const { report, rejectedRows, write, finish } = await readIngested(ports, sources, request);
  const stored = request.dryRun
    ? { added: 0, changed: 0, unchanged: 0 }
    : await ports.store.together(async (into) => {
        const counts = await write(into);
        ports.finishing?.();
        return counts;
      });
  await finish();
  return { document: { ...report, stored, dryRun: request.dryRun }, rejectedRows };
};

/** Reads files as they are taken into the workspace, and leaves the writing to the caller. */
export const readIngested = async (
  ports: Pick<Ports, 'store' | 'models' | 'nowMillis' | 'saveHotline' | 'unpacker'>,
  sources: readonly ByteSource[],
  request: IngestOrder,
): Promise<FilesRead> => {
  const options = await ingestOptions(ports, request);
  const { report: read, rejectedRows, ...found } = await ingestRecords(request.kind, sources, options);
  const some = request.days === undefined ? found : onDays(found, request.days, options.zone);
  const replaces = read.files.some((file) => file.accepted > 0) && replacesDemo(ports.models, request);
  const asks = sources.length > 0 && !replaces && request.overlap !== 'replace';
  const over = asks
    ? await refuseLargeOverlap(ports, some.traffic ?? [], request.overlap === 'keep')
    : undefined;
  const { toStore: all, traffic = [] } = over === undefined ? some : only(some, over.stays);
  const { toStore, problems: ofPeople } = withTiers(
    all,
    ports.models,
    await ports.store.trafficSummary(),
    request.kind === 'operators' ? await ports.store.read('operators') : [],
  );
  const said = withReplaced(
    withUnlisted(over === undefined ? read : withLeft(read, some.traffic ?? [], traffic), ports.models),
    replaces,
  );
  const ahead = await lookAhead({ ...ports, traffic, replaces, dryRun: request.dryRun });
  const given = handleTimesOf(found.handled ?? [], request, options.zone);
  const handled = over === undefined ? given : over.spansOf(given);
  const stand = (await ports.store.handleTimes()).filter(
    (each) => !handled.some((own) => own.queue === each.queue && covers(own, each)),
  );
  const others = replaces ? [] : handleTimesDiffer([...stand, ...handled], handled, options.zone);
  const report = {
    ...said,
    problems: [
      ...said.problems,
      ...(over === undefined ? [] : [notice(over.said)]),
      ...ofPeople,
      ...ahead,
      ...others.map(({ values }) =>
        notice(planningProblem('handle_seconds', 'handle-times-differ', '', values)),
      ),
    ],
  };
  const replacing = !request.dryRun && replaces;
  return {
    report,
    rejectedRows,
    left: found.left ?? new Map<string, number>(),
    traffic,
    write: async (into) => {
      const counts: WriteCount[] = [];
      for (const { kind, records, beside } of toStore) {
        const count = await (replacing && kind === 'traffic'
          ? into.replaceMadeUp(traffic)
          : into.write(kind, records));
        if (beside !== true) counts.push(count);
      }
      await into.keepHandleTimes(handled);
      if (over === undefined || traffic.length > 0)
        await into.keepAccepted(request.kind, acceptedIn(report, sources, ports.nowMillis));
      const sum = (field: keyof WriteCount): number =>
        counts.reduce((total, count) => total + count[field], 0);
      return { added: sum('added'), changed: sum('changed'), unchanged: sum('unchanged') };
    },
    finish: async () => {
      if (replacing) await saveOwnHotline(ports, request);
    },
  };
};

type Found = Pick<Awaited<ReturnType<typeof ingestRecords>>, 'toStore' | 'traffic'>;

/** What lies on some days: files that share them were read beside, and are not whole elsewhere. */
const onDays = (
  found: Found,
  [first, last]: readonly [PlainDate, PlainDate],
  zone: string,
): { readonly toStore: Found['toStore']; readonly traffic: readonly TrafficRecord[] } => {
  const clock = localClock(zone);
  const within = (record: object): boolean => {
    const { date } = clock((record as TrafficRecord).startMillis);
    return date >= first && date <= last;
  };
  return only(found, within);
};

/** The records that stay: calls become traffic and presence, each with its start. */
const only = ({ toStore, traffic }: Found, stays: (record: object) => boolean) => ({
  toStore: toStore.map((part) => ({ ...part, records: [...part.records].filter(stays) })),
  traffic: [...(traffic ?? [])].filter(stays),
});

/** Counts rows that are left out as such: single calls by the calls of their intervals; of several files by their rows. */
const withLeft = (
  report: IngestReport,
  all: Iterable<TrafficRecord>,
  stay: Iterable<TrafficRecord>,
): IngestReport => {
  const [before, after] = [all, stay].map((records) => {
    let sum = 0;
    for (const { offered } of records) sum += report.kind === 'calls' ? offered : 1;
    return sum;
  }) as [number, number];
  let of = report.files.reduce((sum, { accepted }) => sum + accepted, 0);
  let left = after === 0 ? of : Math.round(of * (1 - after / before));
  return {
    ...report,
    files: report.files.map((file) => {
      const dropped = Math.round((left * file.accepted) / Math.max(1, of));
      left -= dropped;
      of -= file.accepted;
      return { ...file, accepted: file.accepted - dropped, dropped: file.dropped + dropped };
    }),
  };
};

const covers = (one: HandleTimeSpan, other: HandleTimeSpan): boolean =>
  one.fromMillis <= other.fromMillis && one.toMillis >= other.toMillis;

/** Between which intervals handle times come by a convention: of single calls they are counted where the calls arrived. */
const handleTimesOf = (
  handled: NonNullable<Awaited<ReturnType<typeof ingestRecords>>['handled']>,
  { kind, handleTime, attribution, days }: IngestOrder,
  zone: string,
): HandleTimeSpan[] => {
  const convention = kind === 'calls' ? 'arrival' : (handleTime ?? attribution);
  const [from, to] =
    days === undefined
      ? [-Infinity, Infinity]
      : [startOfDay(days[0], zone), startOfDay(addDays(days[1], 1), zone)];
  return handled
    .map(({ queue, fromMillis, toMillis }) => ({
      queue,
      convention,
      fromMillis: Math.max(from, fromMillis),
      toMillis: Math.min(to, toMillis),
    }))
    .filter(({ fromMillis, toMillis }) => fromMillis < toMillis);
};

/**
 * Takes calls of a queue, by key or name, out again: of all days, or from one to another, both included; with `dryRun` only
 * says which. Throws `BadInputError` where there are none.
 */
export const removeTraffic = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  {
    queue: wanted,
    from,
    to,
    dryRun = false,
  }: {
    readonly queue: string;
    readonly from?: PlainDate | undefined;
    readonly to?: PlainDate | undefined;
    readonly dryRun?: boolean;
  },
): Promise<TrafficRemoved> => {
  const { zone, queues } = models.hotline;
  const known = (await store.trafficSummary()).map(({ queue }) => queue);
  const queue = known.length === 0 ? wanted : queueNamed(wanted, known, queues);
  const span = {
    fromMillis: from === undefined ? -8.64e15 : startOfDay(from, zone),
    toMillis: to === undefined ? 8.64e15 : startOfDay(addDays(to, 1), zone),
  };
  const removed = dryRun
    ? removalOf(await store.traffic(queue, span), zone)
    : await store.removeTraffic(queue, span, zone);
  if (removed === undefined) throw new BadInputError([planningProblem('traffic', 'no-traffic-in-span', '')]);
  return removed;
};

const removalOf = (
  { queue, startMillis }: Pick<TrafficColumns, 'queue' | 'startMillis'>,
  zone: string,
): TrafficRemoved | undefined => {
  const [from, to] = [...startMillis.subarray(0, 1), ...startMillis.subarray(-1)].map(
    (at) => localClock(zone)(at).date,
  );
  return from === undefined || to === undefined ? undefined : { queue, rows: startMillis.length, from, to };
};

/** What was accepted of each file: nothing takes the place of what was accepted of the same file before. */
const acceptedIn = (
  { acceptedUnusual }: IngestReport,
  sources: readonly ByteSource[],
  nowMillis: number,
): readonly AcceptedUnusual[] =>
  sources.map(({ name }) => ({
    file: maskLikelyPersonal(name.split(/[\\/]/).at(-1) ?? name),
    at: new Date(nowMillis).toISOString(),
    said: acceptedUnusual,
  }));

/** Says at once which queues a plan will know by their traffic alone. */
const withUnlisted = (report: IngestReport, models: Models): IngestReport => {
  if (report.kind !== 'traffic' && report.kind !== 'calls') return report;
  const unlisted = unlistedQueues(report.queues, models);
  return unlisted === undefined ? report : { ...report, problems: [...report.problems, unlisted] };
};

/** Says what goes with the made-up line, and what stays. */
const withReplaced = (report: IngestReport, replaces: boolean): IngestReport =>
  replaces
    ? { ...report, problems: [...report.problems, { rule: 'made-up-line-goes', severity: 'warning' }] }
    : report;

/** A line's own traffic takes the place of the made-up line: the two never stand in one workspace. */
const replacesDemo = (models: Models, request: IngestOrder): boolean =>
  models.hotline.madeUp && (request.kind === 'traffic' || request.kind === 'calls');

/**
 * Says that the line is the user's own. What the made-up line is called, knew of its lines (trunks) and of whom the
 * monitor tests goes with it, unless the user has said otherwise since. Should this be cut off, the next file finds
 * its own traffic in the store and says it then.
 */
export const saveOwnHotline = async (
  { store, models, saveHotline }: Pick<Ports, 'store' | 'models' | 'saveHotline'>,
  request: Pick<IngestOrder, 'zone'>,
): Promise<void> => {
  const { monitoredAs, name, trunks, ...hotline } = models.hotline;
  const earlier = await store.earlierModels('hotline');
  const madeUp = earlier.at(-1)?.document as Partial<Models['hotline']> | undefined;
  const isOwn = (field: keyof Models['hotline']): boolean =>
    madeUp !== undefined && JSON.stringify(madeUp[field]) !== JSON.stringify(models.hotline[field]);
  return saveHotline({
    ...hotline,
    ...(isOwn('name') ? { name } : {}),
    ...(isOwn('monitoredAs') ? { monitoredAs } : {}),
    zone: request.zone ?? hotline.zone,
    trunks: isOwn('trunks') ? trunks : null,
    madeUp: false,
  });
};

const ingestOptions = async (
  { store, models, nowMillis, unpacker }: Pick<Ports, 'store' | 'models' | 'nowMillis' | 'unpacker'>,
  request: IngestOrder,
): Promise<IngestOptions> => {
  const { hotline } = models;
  const known = await knownQueues(store, models, request.queues);
  return {
    unpacker,
    zone: request.zone ?? hotline.zone,
    now: nowMillis,
    aheadMillis: request.aheadMillis,
    map: withUnits(request.map, request.units),
    preset: request.preset,
    acceptUnusual: request.acceptUnusual,
    usual:
      request.kind === 'traffic' || request.kind === 'calls' ? await usualOfStored(store, models) : undefined,
    callsPerDay:
      request.kind === 'forecasts' || request.kind === 'topics'
        ? await callsPerDay(store, models)
        : undefined,
    encoding: request.encoding,
    sheet: request.sheet,
    queue: request.queue,
    dayShape: request.dayShape === undefined ? undefined : usualDayShape,
    absent: request.absent,
    skipBadRows: request.skipBadRows,
    knownQueues: known,
    addQueues: request.addQueues === true && (request.kind === 'traffic' || request.kind === 'calls'),
    queueAliases: Object.fromEntries(
      hotline.queues.flatMap(({ queue, name: names }) =>
        Object.values(names).flatMap((name) =>
          request.queues?.chosen.includes(name) === true ? [] : [[name, queue] as const],
        ),
      ),
    ),
    answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
    shortAbandonSeconds: hotline.shortAbandonSeconds,
    intervalMinutes: hotline.intervalMinutes,
    openingHours: hotline.openingHours,
    attribution: request.attribution,
    callerKey: request.callerKey,
    kept: request.kept,
    intervals: request.intervals,
    ...(request.kind === 'traffic' || request.kind === 'calls' ? { leftOut: request.leftOut } : {}),
    ...(isOfPeople(request.kind) ? { people: await namesOnBooks(store) } : {}),
    ...(request.kind === 'roster' ? { publishedPeriods: await publishedPeriods(store) } : {}),
    ...(request.kind === 'monitoring'
      ? { monitoring: await monitoringRules(store, models, request.addHotlines === true) }
      : {}),
  };
};

const namesOnBooks = async (store: Store): Promise<ReadonlyMap<string, string | undefined>> =>
  new Map((await store.read('operators')).map(({ operator, name }) => [operator, name]));

/** What each queue's stored traffic is like; nothing where it is made up: own traffic takes its place. */
const usualOfStored = async (
  store: Store,
  models: Models,
): Promise<ReadonlyMap<string, UsualFigures> | undefined> => {
  if (models.hotline.madeUp) return undefined;
  const found = new Map<string, UsualFigures>();
  for (const { queue } of await store.trafficSummary())
    found.set(queue, usualFigures(await store.traffic(queue)));
  return found;
};

/** Calls of a day that has any, queue by queue, as stored. */
const callsPerDay = async (
  store: Store,
  models: Models,
): Promise<ReadonlyMap<string, number> | undefined> => {
  if (models.hotline.madeUp) return undefined;
  const found = new Map<string, number>();
  for (const { queue } of await store.trafficSummary()) {
    const { startMillis, offered } = await store.traffic(queue);
    const days = new Set(startMillis.map((at) => Math.floor(at / dayMillis)));
    found.set(queue, offered.reduce((sum, calls) => sum + (calls || 0), 0) / Math.max(1, days.size));
  }
  return found;
};

const publishedPeriods = async (store: Store): Promise<IngestOptions['publishedPeriods']> =>
  (await store.rosters()).flatMap(({ from, to, publishedAt }) =>
    publishedAt === null ? [] : [{ from, to }],
  );

const withUnits = (map: MapFile | undefined, units: MapFile['units'] = {}): MapFile | undefined =>
  Object.keys(units).length === 0 ? map : { ...(map ?? emptyMap), units: { ...map?.units, ...units } };

/** What the workspace's scorecard and list of hotlines say of test calls and results. */
const monitoringRules = async (
  store: Store,
  models: Models,
  addUnlisted: boolean,
): Promise<MonitoringRules> => {
  const listed = await store.read('hotlines');
  const { monitoredAs, name } = models.hotline;
  const own = [monitoredAs, ...Object.values(name)].find(
    (called) =>
      called !== undefined &&
      called !== '' &&
      (listed.length === 0 || listed.some(({ hotline }) => hotline === called)),
  );
  return {
    addUnlisted,
    indicatorNames: indicatorNames(models.scorecard),
    own,
    ownNames: Object.values(name),
    listed,
    judgeResult: checkResult,
    judgeTestCall: checkTestCall,
  };
};

/**
 * Queues that a file may name. The first traffic of a workspace may bring any; after that a name that neither
 * the data nor models/hotline.json knows is likelier a slip than a new queue.
 */
const knownQueues = async (
  store: Store,
  models: Models,
  { chosen, gone }: NonNullable<IngestOrder['queues']> = { chosen: [], gone: [] },
): Promise<readonly string[] | undefined> => {
  if (models.hotline.madeUp) return undefined;
  const stored = (await store.trafficSummary()).flatMap(({ queue }) => (gone.includes(queue) ? [] : queue));
  if (stored.length === 0) return undefined;
  return [...new Set([...stored, ...chosen, ...models.hotline.queues.map((queue) => queue.queue)])];
};
