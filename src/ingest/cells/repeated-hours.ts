import type { ZoneInstants } from './zone-instants.ts';

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
