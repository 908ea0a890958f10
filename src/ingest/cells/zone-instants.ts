import { dayMillis, hourMillis, wallClockOf } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** A stretch of time over which a zone's offset does not change. */
interface Segment {
  readonly fromInstant: number;
  readonly toInstant: number;
  readonly offset: number;
  /** Local range in which no neighbour's local times fall. */
  readonly safeFrom: number;
  readonly safeTo: number;
}

/** What local times of a zone mean, fast: the zone's changes are looked up once. */
export interface ZoneInstants {
  readonly zone: string;
  /** The instant of a local time (local milliseconds); NaN when clocks jump over it; the earlier of two. */
  earlier(local: number): number;
  /** The later of two instants with this local time; the same as `earlier` when there is one. */
  later(local: number): number;
  /** Local milliseconds of an instant. */
  local(instant: number): number;
  /** The instant since which the zone has had the offset that holds at an instant. */
  since(instant: number): number;
  /** Local wall clock 'YYYY-MM-DDTHH:MM:SS' of an instant. */
  wallClock(instant: number): string;
}

const segmentsOf = (zone: string, from: number, to: number): Segment[] => {
  const bounds = [-Infinity];
  const offsets: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  offsets.push(at.offsetNanoseconds / 1e6);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > to) break;
    bounds.push(next.epochMilliseconds);
    offsets.push(next.offsetNanoseconds / 1e6);
    at = next;
  }
  return offsets.map((offset, i) => {
    const fromInstant = bounds[i] ?? -Infinity;
    const toInstant = bounds[i + 1] ?? Infinity;
    return {
      fromInstant,
      toInstant,
      offset,
      safeFrom: fromInstant + Math.max(offset, offsets[i - 1] ?? offset),
      safeTo: toInstant + Math.min(offset, offsets[i + 1] ?? offset),
    };
  });
};

/** Local times and instants of a zone between two instants (beyond them the nearest offset holds). */
export const zoneInstants = (zone: string, from: number, to: number): ZoneInstants => {
  const segments = segmentsOf(zone, from, to);
  let last = valueAt(segments, segments.length - 1);
  const instantOf = (local: number, fromEnd: boolean): number => {
    if (local >= last.safeFrom && local < last.safeTo) return local - last.offset;
    const found = segments.filter((s) => local - s.offset >= s.fromInstant && local - s.offset < s.toInstant);
    const chosen = fromEnd ? found[found.length - 1] : found[0];
    if (chosen === undefined) return Number.NaN;
    last = chosen;
    return local - chosen.offset;
  };
  const segmentAt = (instant: number): Segment => {
    if (instant < last.fromInstant || instant >= last.toInstant)
      last = segments.find((s) => instant >= s.fromInstant && instant < s.toInstant) ?? last;
    return last;
  };
  return {
    zone,
    earlier: (local) => instantOf(local, false),
    later: (local) => instantOf(local, true),
    local: (instant) => instant + segmentAt(instant).offset,
    since: (instant) => segmentAt(instant).fromInstant,
    wallClock: (instant) => wallClockOf(instant, zone),
  };
};

/** Local milliseconds, midnight where a day starts an hour late since clocks go forward at its midnight. */
export const nominalLocal = (instant: number, zone: ZoneInstants): number => {
  const local = zone.local(instant);
  const midnight = Math.floor(local / dayMillis) * dayMillis;
  return local - midnight === hourMillis && Number.isNaN(zone.earlier(midnight)) ? midnight : local;
};

/**
 * Resolves local times that happen twice (clocks put back) by their order in the file: of two rows of a series
 * with the same local time the first is the earlier instant, or the later one in a file that runs backwards.
 */
export class RepeatedHours {
  private readonly zone: ZoneInstants;
  private readonly seen = new Map<string, Set<number>>();
  private firstLocal = Number.NaN;
  /** Local times that were resolved by order. */
  resolved = 0;
  firstResolved = Number.NaN;

  constructor(zone: ZoneInstants) {
    this.zone = zone;
  }

  /** The instant of a local time of a series; NaN when clocks jump over it. */
  resolve(series: string, local: number): number {
    const earlier = this.zone.earlier(local);
    if (Number.isNaN(this.firstLocal)) this.firstLocal = local;
    const later = this.zone.later(local);
    if (earlier === later || Number.isNaN(earlier)) return earlier;
    this.resolved += 1;
    if (Number.isNaN(this.firstResolved)) this.firstResolved = local;
    const times = this.seen.get(series) ?? new Set<number>();
    this.seen.set(series, times);
    const again = times.has(local);
    times.add(local);
    const backwards = local < this.firstLocal;
    return again === backwards ? earlier : later;
  }
}

/** Unsorted calls may step back so far within one pass through a repeated hour. */
const disorder = 20 * 60_000;

/**
 * The same for call records, many to the minute: while calls run through the repeated hour they are the first
 * pass until local time steps back, then the second; the other way round in a file that runs backwards. In a
 * file sorted so far any step back counts, else one of more than 20 minutes.
 */
export class RepeatedHoursOfCalls {
  private readonly zone: ZoneInstants;
  private firstLocal = Number.NaN;
  private lastLocal = Number.NaN;
  /** Whether all times so far rise, or fall, outside of repeated hours. */
  private rising = true;
  private falling = true;
  private inside = false;
  private secondPass = false;
  private extreme = 0;
  resolved = 0;
  firstResolved = Number.NaN;

  constructor(zone: ZoneInstants) {
    this.zone = zone;
  }

  /** The instant of the next call's local time; NaN when clocks jump over it. */
  resolve(local: number): number {
    const earlier = this.zone.earlier(local);
    const later = this.zone.later(local);
    if (earlier !== later && !Number.isNaN(earlier)) return this.pass(local) === 1 ? earlier : later;
    if (Number.isNaN(this.firstLocal)) this.firstLocal = local;
    if (local < this.lastLocal) this.rising = false;
    if (local > this.lastLocal) this.falling = false;
    this.inside = false;
    this.lastLocal = local;
    return earlier;
  }

  private pass(local: number): 1 | 2 {
    this.resolved += 1;
    if (Number.isNaN(this.firstResolved)) this.firstResolved = local;
    const backwards = local < this.firstLocal;
    const isSorted = backwards ? this.falling : this.rising;
    const stepBack = backwards ? local - this.extreme : this.extreme - local;
    if (!this.inside) {
      this.inside = true;
      this.secondPass = false;
      this.extreme = local;
    } else if (stepBack > (isSorted ? 0 : disorder)) this.secondPass = true;
    this.extreme = backwards ? Math.min(this.extreme, local) : Math.max(this.extreme, local);
    return this.secondPass === backwards ? 1 : 2;
  }
}
