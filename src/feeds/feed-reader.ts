import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { FeedKind, FeedSettings } from '../contract/documents/feed-documents.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { PresenceRecord, TrafficRecord } from '../kernel/records.ts';
import { saveOwnHotline } from '../planning/ingest-files.ts';
import type { FeedStep, Models, StoredFeed } from '../planning/ports.ts';
import { aheadMillis, CallBook, type Entry, operatorKey, storedCall } from './call-book.ts';
import type {
  CameIn,
  Counts,
  FeedAdapter,
  FeedGround,
  FeedState,
  Gap,
  Held,
  Portion,
  ReadingGround,
  Stepped,
} from './feed-adapter.ts';
import { beginAnew, begunAgain, isBroughtBefore, replaceOutdated, spansOfRows } from './corrected-queues.ts';
import { feedProblem, sourceProblem } from './feed-findings.ts';
import {
  hasTiers,
  noteTiers,
  presenceRecords,
  presentSpan,
  takingTiers,
  withoutOvertaken,
} from './operator-presence.ts';
import {
  broughtBeside,
  endsOf,
  queueFinder,
  queuesBrought,
  recordsOfCalls,
  type RecordRules,
  startOfInterval,
  zoneOf,
} from './feed-records.ts';
import {
  countName,
  countNames,
  fillGaps,
  gapToAsk,
  knownInPart,
  learnSpacing,
  mostGaps,
  noCounts,
  noteAsked,
  noteDifferences,
  notePauses,
  noteRows,
  noteUnknown,
  quietSince,
  settle,
  shownEvent,
  stateOf,
  unknownQueues,
} from './feed-state.ts';
import { settingsMark, turnsOf } from './feed-access.ts';

interface Memory {
  readonly version: number;
  readonly state: FeedState;
  readonly book: CallBook;
}

/** What portions come to, before it is stored. */
interface PendingStep {
  readonly counts: Counts;
  readonly changed: Set<Entry>;
  readonly traffic: Map<string, TrafficRecord>;
  readonly presence: Map<string, PresenceRecord>;
  readonly quiet: Map<string, TrafficRecord>;
}

const keyOf = ({ queue, startMillis }: TrafficRecord): string => `${startMillis} ${queue}`;
/** Before this no clock is right that reads a feed. */
const firstMillis = Date.UTC(2026, 0, 1);
/** Events that are taken before whatever else waits has its turn. */
const eventsPerTurn = 500;

/**
 * Reads one feed, step by step. What was read, how far, and the intervals that follow are stored together or not at all, and
 * only where the feed still stands as it is known here: so every event counts once, whoever else reads it and whenever this
 * process ends.
 */
export class FeedReader {
  readonly name: string;
  readonly #ground: FeedGround;
  readonly #adapters: Readonly<Record<FeedKind, FeedAdapter>>;
  readonly pseudonym: (name: string) => string;
  #memory: Memory | undefined;
  /** When the source was last looked at. */
  #looked = -Infinity;
  #queues: { readonly until: number; readonly names: readonly string[] } | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** What is open, and by which settings. */
  #open: { readonly by: string; readonly held: Held } = { by: '', held: {} };
  readonly #kept = {};
  /** Queues that came with the feed and may not be among those that are looked up. */
  readonly #fresh = new Set<string>();

  constructor(
    name: string,
    ground: FeedGround,
    adapters: Readonly<Record<FeedKind, FeedAdapter>>,
    pseudonym: (name: string) => string,
  ) {
    this.name = name;
    this.#ground = ground;
    this.#adapters = adapters;
    this.pseudonym = pseudonym;
  }

  /** Reads the next portion; undefined: there is no such feed any more. */
  step(isAsked = false): Promise<Stepped | undefined> {
    return this.#alone(async (feed) => {
      const adapter = this.#adapters[feed.settings.kind];
      const again = await this.#beginAgain(feed, adapter);
      if (again !== undefined) return again;
      const { state } = await this.#remember(feed);
      let isTaking = false;
      try {
        const looks = this.#ground.now();
        if (looks < firstMillis || (state.watermark ?? -Infinity) > looks + aheadMillis)
          throw new BadInputError([feedProblem('feed-clock', { clock: new Date(looks).toISOString() })]);
        const held = await this.#heldFor(feed.settings);
        const groundOf = (now: FeedState): ReadingGround => ({
          ...this.#ground,
          name: this.name,
          settings: feed.settings,
          state: now,
          pseudonym: this.pseudonym,
          queueOf: () => this.queueOf(feed),
          leftOut: () => this.leftOut(feed),
          isAsked: isAsked && !isTaking,
          held,
          kept: this.#kept,
        });
        const read = async (now: FeedState): Promise<Portion | undefined> => adapter.read?.(groundOf(now));
        const portion = (await read(state)) ?? (await this.#askAgain(adapter, groundOf(state), looks));
        isTaking = true;
        const stepped = await this.#take(feed, portion, read);
        this.#looked = looks;
        return { ...stepped, more: stepped.more || this.#gapToAsk(adapter, looks) !== undefined };
      } catch (error) {
        // what was begun is not in the database
        if (isTaking) this.#memory = undefined;
        return this.#break(feed, error);
      }
    });
  }

  /** Where its queues were chosen otherwise and its source has more than is kept here, a feed reads it from its beginning. */
  async #beginAgain(feed: StoredFeed, adapter: FeedAdapter): Promise<Stepped | undefined> {
    const { settings } = feed;
    const { state: before, book } = await this.#remember(feed);
    const begins = before.madeBy === settingsMark(settings) ? undefined : adapter.again?.(settings, before);
    if (begins === undefined) return undefined;
    const { hotline } = await this.#ground.models();
    const rules = { hotline, zone: zoneOf(hotline, this.#ground.now()) };
    const state = begunAgain(before, settings, begins.cursor, book, rules);
    if (state === undefined) return undefined;
    await this.close();
    const anew = { ...emptyStep, state: { ...state, anewMillis: this.#ground.now() } };
    const overtaken = !(await this.#move(feed, { ...anew, forget: { beforeMillis: 8.64e15 } }));
    this.#memory = undefined;
    return { ...nothing, more: true, overtaken };
  }

  #gapToAsk({ reread }: FeedAdapter, now: number): Gap | undefined {
    if (reread === undefined || this.#memory === undefined) return undefined;
    return gapToAsk(this.#memory.state, this.#memory.book.settledBefore, now);
  }

  /** What the source has of a gap, where nothing new is there; none of it twice, since the book knows what it has. */
  async #askAgain(adapter: FeedAdapter, ground: ReadingGround, now: number): Promise<Portion | undefined> {
    const gap = this.#gapToAsk(adapter, now);
    if (gap === undefined) return undefined;
    // what is settled cannot be filled
    const from = Math.max(gap.from, this.#memory?.book.settledBefore ?? gap.from);
    return { ...((await adapter.reread?.(ground, { from, to: gap.to })) ?? { events: [] }), asked: gap };
  }

  /** Lets go what is open. */
  async close(): Promise<void> {
    const { now } = this.#open.held;
    this.#open = { by: '', held: {} };
    await now?.close();
  }

  async #heldFor({ kind, from, secret, query, map, history }: FeedSettings): Promise<Held> {
    const by = JSON.stringify([kind, from, secret, query, map, history]);
    if (this.#open.by !== by) {
      await this.close();
      this.#open = { by, held: {} };
    }
    return this.#open.held;
  }

  /** Takes rows that were pushed; anew where somebody else came first. */
  async push(portionOf: (feed: StoredFeed) => Promise<Portion>): Promise<Stepped | undefined> {
    for (let turn = 0; ; turn += 1) {
      const stepped = await this.#alone(async (feed) => this.#take(feed, await portionOf(feed)));
      if (stepped?.overtaken !== true) return stepped;
      // who sends it hears that it is not stored, and sends it again
      if (turn === 20) throw new Error('a feed that others move on all the time');
    }
  }

  /** What the hotline calls a queue of the switchboard; undefined where it does not know it. */
  async queueOf(feed: StoredFeed): Promise<RecordRules['queueOf']> {
    return (await this.#rules(feed.settings, stateOf(feed), await this.#ground.models())).queueOf;
  }

  /** The hotline's queues that other feeds bring. */
  async leftOut(feed: Pick<StoredFeed, 'settings' | 'state'>): Promise<ReadonlySet<string>> {
    return broughtBeside(await this.#ground.store.feeds.all(), { ...feed, name: this.name });
  }

  /** One thing after the other. */
  #alone(work: (feed: StoredFeed) => Promise<Stepped>): Promise<Stepped | undefined> {
    const next = this.#turn.then(async () => {
      const feed = (await this.#ground.store.feeds.all()).find(({ name }) => name === this.name);
      if (feed === undefined) {
        await this.close();
        return undefined;
      }
      try {
        return await work(feed);
      } catch (error) {
        this.#memory = undefined;
        throw error;
      }
    });
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #remember(feed: StoredFeed): Promise<Memory> {
    if (this.#memory?.version === feed.version) return this.#memory;
    // another reader may have taken queues away
    this.#queues = undefined;
    const state = stateOf(feed);
    const { hotline } = await this.#ground.models();
    const intervalStart = startOfInterval({ hotline, zone: zoneOf(hotline, this.#ground.now()) });
    const book = new CallBook(
      {
        ...this.#adapters[feed.settings.kind],
        shorten: withoutOvertaken,
        lateMillis: feed.settings.lateHours * 3_600_000,
        intervalStart,
      },
      { earliest: state.earliest ?? Infinity, watermark: state.watermark ?? -Infinity },
    );
    await this.#restore(book);
    return (this.#memory = { version: feed.version, state, book });
  }

  /** Puts calls back as they are stored: all of them, or those at rest that something came of. */
  async #restore(book: CallBook, came?: readonly CameIn[]): Promise<void> {
    const names = came && book.restingAmong(came);
    for (const [i, stored] of (await this.#ground.store.feeds.calls(this.name, names)).entries()) {
      book.restore(stored.call, stored.events.split('\n'), stored.firstMillis, stored.lastMillis);
      if (names === undefined && i % eventsPerTurn === 0) book.rest();
    }
  }

  async #break(feed: StoredFeed, error: unknown): Promise<Stepped> {
    const { state } = await this.#remember(feed);
    const why = sourceProblem(error, feed.settings.from);
    if (state.is === 'broken' && state.why?.rule === why.rule) return { ...nothing, rests: true };
    const step = { state: { ...state, is: 'broken', sinceMillis: this.#ground.now(), why } };
    const overtaken = !(await this.#move(feed, { ...emptyStep, ...step }));
    return { ...nothing, rests: true, overtaken, ...(why.rule === 'feed-failed' ? { failed: error } : {}) };
  }

  async #move(feed: StoredFeed, step: FeedStep): Promise<boolean> {
    const known = this.#memory;
    this.#memory = undefined;
    const moved = await this.#ground.store.feeds.move(this.name, feed.version, step);
    // memory is what the database has, or is read from there again
    if (moved && known !== undefined)
      this.#memory = { ...known, version: feed.version + 1, state: step.state as FeedState };
    return moved;
  }

  /** Takes portions up and stores them together: one, and what `next` reads as long as there is more. */
  async #take(
    feed: StoredFeed,
    first: Portion | undefined,
    next?: (state: FeedState) => Promise<Portion | undefined>,
  ): Promise<Stepped> {
    const { settings } = feed;
    const { state: before, book } = await this.#remember(feed);
    const madeBy = settingsMark(settings);
    const isAnew = before.madeBy !== madeBy;
    const isMended = next !== undefined && (before.is === 'broken' || before.is === 'mending');
    const isDue = book.hasDue(this.#ground.now());
    if (first === undefined && !isAnew && !isMended && !isDue && !before.isBehind) return nothing;
    const models = await this.#ground.models();
    const state = structuredClone(before);
    const rules = {
      ...(await this.#rules(settings, state, models)),
      kind: settings.kind,
      from: settings.from,
    };
    const step: PendingStep = {
      counts: noCounts(),
      changed: new Set(),
      traffic: new Map(),
      presence: new Map(),
      quiet: new Map(),
    };
    if (isAnew) beginAnew(state, settings, book, rules);
    const due = book.takeDue(this.#ground.now());
    await this.#restore(book, due);
    for (const event of due) {
      if (book.add(event, this.#ground.now()) !== 'new') continue;
      // it was refused when it was read
      state.refused -= 1;
      countName(state.refusals, 'ahead', -1);
      state[event.unknown === undefined ? 'stored' : 'unknown'] += 1;
    }
    let [portion, beforeMillis] = [first, -Infinity];
    const unknown = {};
    for (let pieces = 1; ; pieces += 1) {
      await this.#absorb(portion, book, state, rules, step, isAnew && pieces === 1);
      beforeMillis = book.forget();
      for (const entry of step.changed) if (!book.entries.has(entry.key)) step.changed.delete(entry);
      if (portion?.cursor !== undefined) state.cursor = portion.cursor;
      if (portion?.unknownQueues !== undefined) countNames(unknown, portion.unknownQueues);
      // rows are stored with their portion
      if (portion?.more !== true || portion.rows !== undefined) break;
      if (portion.cursor === undefined || next === undefined || pieces >= this.#ground.piecesPerStep) break;
      await pause(0);
      // what was read is stored, whatever becomes of the rest: the next step hears why it cannot be read
      const following = await next(state).catch((error: unknown) => {
        if (sourceProblem(error, settings.from).rule === 'feed-failed') throw error;
      });
      if (following === undefined) break;
      portion = following;
    }
    const changed = [...step.changed];
    for (const [file, seen] of Object.entries(portion?.files ?? {}))
      if (seen === null) delete state.files[file];
      else state.files[file] = seen;
    const isOfFiles = portion?.files !== undefined && portion.rows !== undefined;
    const isUnknown = ({ legs }: Entry) => legs.some(({ queue }) => rules.queueOf(queue) === undefined);
    if (isAnew || isOfFiles || changed.some(isUnknown))
      state.unknownQueues = unknownQueues(book, rules, settings, state.files);
    if (portion?.unknownQueues !== undefined) noteUnknown(state, unknown, rules);
    countNames(state.unknownEvents, portion?.passed ?? {});
    state.earliest = Number.isFinite(book.earliest) ? book.earliest : null;
    state.watermark = Number.isFinite(book.watermark) ? book.watermark : null;
    if (isAnew) state.turns = turnsOf(before, settings);
    state.madeBy = madeBy;
    noteRows(state, portion?.rows ?? {});
    settle(state, before, portion, book, this.#ground.now());
    const traffic = [...step.traffic.values()];
    const firstStart = startOfInterval(rules)(book.earliest);
    const isPartial = ({ startMillis }: TrafficRecord): boolean =>
      startMillis === firstStart && book.earliest > firstStart;
    const taken = state.outdated === undefined ? undefined : await this.leftOut({ settings, state });
    const outdated = replaceOutdated(
      state,
      spansOfRows(portion, rules),
      book,
      (queue) => taken?.has(queue) === true,
      rules,
    );
    const replacesMadeUp = models.hotline.madeUp && !settings.madeUp && traffic.length > 0;
    const rows = portion?.rows;
    const brings = new Set([...traffic.map(({ queue }) => queue), ...(rows?.queues ?? [])]);
    const presence = noteTiers(
      state,
      [...step.presence.values()],
      await this.#ground.store.feeds.all(),
      this.name,
    );
    const [counted, came] = [{ ...state }, { ...step.counts }];
    const moved = await this.#move(feed, {
      state,
      calls: [...changed.map(storedCall), ...(rows?.kept ?? [])],
      forget: { beforeMillis, but: operatorKey },
      traffic: traffic.filter((record) => !isPartial(record)),
      partial: traffic.filter((each) => isPartial(each) && !isBroughtBefore(state, each.startMillis)),
      outdated,
      inPart: knownInPart(state, book, rules),
      presence,
      quiet: [...step.quiet].flatMap(([key, record]) => (step.traffic.has(key) ? [] : [record])),
      replacesMadeUp,
      handleTime: settings.handleTime,
      // of two feeds that come by a queue at once one is first, and the other reads anew
      holds:
        brings.isSubsetOf(new Set(queuesBrought(feed))) && hasTiers(before, presence)
          ? undefined
          : (all) =>
              broughtBeside(all, feed).isDisjointFrom(brings) &&
              noteTiers(structuredClone(state), presence, all, this.name).length === presence.length,
      also:
        rows &&
        (async (into) => {
          const all = await this.#ground.store.feeds.all();
          const written = await rows.write(
            takingTiers(into, (each) => noteTiers(state, each, all, this.name)),
          );
          for (const name of Object.keys(came) as (keyof Counts)[]) {
            state[name] = counted[name] + (written[name] ?? 0);
            step.counts[name] = came[name] + (written[name] ?? 0);
          }
        }),
    });
    if (!moved) return { ...nothing, overtaken: true };
    // a queue may be gone with its rows
    if (outdated.length > 0) this.#queues = undefined;
    while (book.rest()) await nextTurn();
    portion?.stored?.();
    await rows?.finish();
    if (replacesMadeUp) await saveOwnHotline({ ...this.#ground, models }, { zone: models.hotline.zone });
    const isBehind = next !== undefined && state.isBehind;
    return { counts: step.counts, more: portion?.more === true || isBehind, overtaken: false };
  }

  /** Puts a portion into the book and works out the intervals that it changes. */
  async #absorb(
    portion: Portion | undefined,
    book: CallBook,
    state: FeedState,
    rules: RecordRules & Pick<FeedSettings, 'kind' | 'from'>,
    step: PendingStep,
    isAnew: boolean,
  ): Promise<void> {
    const settledBefore = book.settledBefore;
    const changed = new Set<Entry>();
    const arrivals: number[] = [];
    let operatorsFrom = Infinity;
    const lastBefore = state.watermark ?? Number.NaN;
    const counts = noCounts();
    const events = (portion?.events ?? [])[Symbol.iterator]();
    for (let turn = 1, isLast = false; !isLast; turn += 1) {
      // whoever else waits for this thread has a turn
      if (turn > 1) await nextTurn();
      const came = nextOf(events);
      isLast = came.length < eventsPerTurn;
      await this.#restore(book, came);
      this.#count(came, turn === 1 ? portion : undefined, book, state, counts, portion?.refusals);
      if (!isLast && turn % 40 !== 0) continue;
      const settled = book.settle();
      for (const entry of settled.changed) changed.add(entry);
      for (const at of settled.arrivals) arrivals.push(at);
      operatorsFrom = Math.min(operatorsFrom, settled.operatorsFrom);
    }
    for (const name of Object.keys(counts) as (keyof Counts)[]) {
      state[name] += counts[name];
      step.counts[name] += counts[name];
    }
    if (portion?.asked !== undefined) noteAsked(state, portion.asked, this.#ground.now());
    fillGaps(state, portion?.covers ?? []);
    noteDifferences(state, portion?.differences ?? []);
    const legs = [...changed].flatMap((own) => own.legs);
    const arrived = legs.map(({ arrivedMillis }) => arrivedMillis);
    notePauses(state, arrived, rules);
    learnSpacing(state, counts.stored + counts.unknown, book.watermark - lastBefore);
    for (const entry of changed) step.changed.add(entry);
    const callers = state.carried.callers || legs.some(({ caller }) => caller !== '');
    const saysAlways = this.#adapters[rules.kind].handle && changed.size > 0;
    const handle =
      state.carried.handle || saysAlways || legs.some(({ handleSeconds }) => handleSeconds !== undefined);
    const carriesMore = callers !== state.carried.callers || handle !== state.carried.handle;
    state.carried = { callers, handle };
    if (isAnew || carriesMore)
      for (const leg of book.countedLegs(settledBefore, Infinity)) arrivals.push(leg.arrivedMillis);
    if (rules.handleTime !== 'arrival') for (const at of endsOf(legs)) arrivals.push(at);
    if (counts.read > eventsPerTurn) await nextTurn();
    const made = await recordsOfCalls(book, arrivals, settledBefore, state.carried, rules);
    for (const record of made.traffic) {
      step.traffic.set(keyOf(record), record);
      delete state.inHand[keyOf(record)];
    }
    Object.assign(state.inHand, made.inHand);
    const heard = presentSpan(state, operatorsFrom, book.watermark, settledBefore, rules);
    const isNew = heard !== undefined && heard.from < heard.to;
    const operators = isNew ? await this.#ground.store.read('operators') : [];
    const tiers = new Map(operators.map(({ operator, tier }) => [this.pseudonym(operator), tier]));
    const presence =
      heard && presenceRecords(book.operators(), heard, (operator) => tiers.get(operator), rules);
    for (const record of presence ?? made.presence)
      step.presence.set(`${record.startMillis} ${record.tier}`, record);
    for (const record of quietSince(state, made.traffic, book, rules)) step.quiet.set(keyOf(record), record);
  }

  /** Counts what came in, each as one of what it can be, and puts it into the book. */
  #count(
    events: readonly CameIn[],
    begun: Portion | undefined,
    book: CallBook,
    state: FeedState,
    counts: Counts,
    refusals: Record<string, number> | undefined,
  ): void {
    for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += begun?.counts?.[name] ?? 0;
    const now = this.#ground.now();
    // what came before the last look was read
    if ((begun?.broken ?? false) !== false && state.watermark !== null) {
      if (state.lostSince === null) state.lostForGood = begun?.broken === 'after-copy';
      state.lostSince ??=
        begun?.broken === 'after-copy'
          ? book.watermark
          : Math.max(state.watermark, this.#looked, state.lookedMillis ?? -Infinity);
    }
    if (begun?.lost !== undefined && state.watermark !== null) state.gaps.push(begun.lost);
    const refuse = (reason: string): void => {
      counts.refused += 1;
      countName(state.refusals, reason);
      if (refusals !== undefined) countName(refusals, reason);
    };
    for (const event of events) {
      counts.read += 1;
      if ('fault' in event) {
        refuse(event.fault);
        continue;
      }
      if ('passed' in event) {
        counts.unknown += 1;
        countName(state.unknownEvents, shownEvent(event.passed));
        continue;
      }
      // its source had it before the feed was set up
      if (event.at < (state.noneBefore ?? -Infinity)) {
        counts.repeated += 1;
        continue;
      }
      const came = book.add(event, now);
      if (state.lostSince !== null) {
        if (came === 'new' && event.at > state.lostSince)
          state.gaps.push({
            from: state.lostSince,
            to: event.at,
            ...(state.lostForGood === true ? { forGood: true } : {}),
          });
        if (came !== 'ahead') state.lostSince = null;
      }
      if (came === 'repeated') counts.repeated += 1;
      else if (came === 'new' && event.unknown === undefined) counts.stored += 1;
      else if (came === 'new') {
        counts.unknown += 1;
        countName(state.unknownEvents, shownEvent(event.unknown ?? ''));
      } else refuse(came);
    }
    state.gaps = state.gaps.slice(-mostGaps);
  }

  async #rules(settings: FeedSettings, state: FeedState, { hotline }: Models): Promise<RecordRules> {
    const { unpacker, now } = this.#ground;
    const stored = await this.#storedQueues();
    const taken = await this.leftOut({ settings, state });
    const isMapped = Object.keys(settings.queues).length > 0;
    if (state.madeBy === '') state.anyQueue ||= stored.length === 0 || (hotline.madeUp && !settings.madeUp);
    const fresh = state.anyQueue && !isMapped ? this.#fresh : undefined;
    // of what it brought itself, by these settings or by others, nothing tells that the hotline has such a queue
    const came = new Set([...(state.brings ?? []), ...Object.keys(state.quiet)]);
    for (const { queue } of state.outdated ?? []) came.add(queue);
    const known = state.anyQueue ? stored.filter((queue) => !came.has(queue)) : stored;
    return {
      hotline,
      zone: zoneOf(hotline, now()),
      queueOf: queueFinder(settings, hotline, known, fresh, (queue) => taken.has(queue)),
      handleTime: settings.handleTime,
      unpacker,
      nowMillis: now(),
    };
  }

  /** Looked up anew now and then: it takes a walk over all traffic. */
  async #storedQueues(): Promise<readonly string[]> {
    if (this.#queues === undefined || performance.now() > this.#queues.until)
      this.#queues = {
        until: performance.now() + 30_000,
        names: (await this.#ground.store.trafficSummary()).map(({ queue }) => queue),
      };
    return this.#queues.names;
  }
}

const nextOf = (events: Iterator<CameIn>): readonly CameIn[] => {
  const came: CameIn[] = [];
  for (let next = events.next(); next.done !== true; next = events.next())
    if (came.push(next.value) === eventsPerTurn) break;
  return came;
};

const nothing: Stepped = { counts: noCounts(), more: false, overtaken: false };
const none = { calls: [], traffic: [], partial: [], presence: [], quiet: [] };
const emptyStep = { ...none, handleTime: 'arrival' as const, replacesMadeUp: false };
