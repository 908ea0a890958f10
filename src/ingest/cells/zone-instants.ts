import { wallClockOf } from '../../kernel/time.ts';

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
  let last = segments[segments.length - 1] ?? {
    fromInstant: 0,
    toInstant: 0,
    offset: 0,
    safeFrom: 0,
    safeTo: 0,
  };
  const search = (local: number, fromEnd: boolean): number => {
    const found = segments.filter((s) => local - s.offset >= s.fromInstant && local - s.offset < s.toInstant);
    const chosen = fromEnd ? found[found.length - 1] : found[0];
    if (chosen === undefined) return Number.NaN;
    last = chosen;
    return local - chosen.offset;
  };
  return {
    zone,
    earlier: (local) =>
      local >= last.safeFrom && local < last.safeTo ? local - last.offset : search(local, false),
    later: (local) =>
      local >= last.safeFrom && local < last.safeTo ? local - last.offset : search(local, true),
    local: (instant) => {
      if (instant >= last.fromInstant && instant < last.toInstant) return instant + last.offset;
      last = segments.find((s) => instant >= s.fromInstant && instant < s.toInstant) ?? last;
      return instant + last.offset;
    },
    wallClock: (instant) => wallClockOf(instant, zone),
  };
};

/** Local milliseconds, midnight where a day starts an hour late since clocks go forward at its midnight. */
export const nominalLocal = (instant: number, zone: ZoneInstants): number => {
  const local = zone.local(instant);
  const midnight = Math.floor(local / 86_400_000) * 86_400_000;
  return local - midnight === 3_600_000 && Number.isNaN(zone.earlier(midnight)) ? midnight : local;
};
