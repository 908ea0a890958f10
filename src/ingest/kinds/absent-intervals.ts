import { isOpen } from '../../kernel/opening-hours.ts';
import { weekdayOfDay } from '../../kernel/time.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { nominalLocal, type ZoneInstants } from '../cells/zone-instants.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';

/** A run of intervals without a row, or with a blank one, inside opening hours; `toMillis` is where the last one starts. */
export interface AbsentRun {
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly intervals: number;
  /** How many of them have a row that is blank. */
  readonly blank: number;
  /** Starts of the intervals where the run is taken as zeros; none where it is a gap. */
  readonly zeros: readonly number[];
  readonly taken: 'gap' | 'zero';
}

export interface AbsentQuestion {
  /** Starts of the intervals that the file has, in time order. */
  readonly startMillis: Float64Array;
  readonly offered: Float64Array;
  /** 1 where the row is there and blank: it is as if there were none, but its time is one that the file has. */
  readonly blank?: Uint8Array;
  readonly intervalMinutes: number;
  readonly openingHours: HotlineModel['openingHours'];
  readonly rule: 'gap' | 'zero' | 'auto';
  readonly zone: ZoneInstants;
  /** First and last instant that the file covers, over all of its queues. */
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** A run of absences counts as zeros where its chance under Poisson arrivals at the usual rate is at least this. */
const likelyRun = 1e-3;

const slotOf = (local: number, minutes: number): { readonly weekday: number; readonly slot: number } => {
  const day = Math.floor(local / 86_400_000);
  return {
    weekday: weekdayOfDay(day),
    slot: Math.floor((local / 60_000 - day * 1440) / minutes),
  };
};

/** Mean calls per weekday and slot, an absence counted as none; and whether the file ever has that slot. */
const usualRates = (
  question: AbsentQuestion,
): { rates: Float64Array; seen: Uint8Array; writesZero: boolean } => {
  const { startMillis, offered, intervalMinutes, zone } = question;
  const slots = 1440 / intervalMinutes;
  const rates = new Float64Array(7 * slots);
  const seen = new Uint8Array(7 * slots);
  let writesZero = false;
  for (let i = 0; i < startMillis.length; i += 1) {
    const { weekday, slot } = slotOf(zone.local(valueAt(startMillis, i)), intervalMinutes);
    const at = weekday * slots + slot;
    addAt(rates, at, valueAt(offered, i));
    seen[at] = 1;
    if (offered[i] === 0 && question.blank?.[i] !== 1) writesZero = true;
  }
  const weeks = Math.max(1, (question.toMillis - question.fromMillis) / (7 * 86_400_000));
  for (let i = 0; i < rates.length; i += 1) rates[i] = valueAt(rates, i) / weeks;
  return { rates, seen, writesZero };
};

/**
 * Intervals without a row between the first and the last of the file, as runs, and what each is taken for
 * (docs/en/reference/data-formats.md). Under 'auto' a weekday's slot that the file never has is taken as closed and left out; a run
 * is zero where the file never writes a 0 and the run is likely at the usual rate. Under 'zero' every open
 * interval without a row is zero, under 'gap' none.
 */
export const absentRuns = (question: AbsentQuestion): AbsentRun[] => {
  const { startMillis, intervalMinutes, openingHours, rule, zone } = question;
  if (startMillis.length === 0) return [];
  const { rates, seen, writesZero } = usualRates(question);
  const slots = 1440 / intervalMinutes;
  const runs: AbsentRun[] = [];
  let run: (Omit<AbsentRun, 'zeros' | 'taken'> & { zeros: number[] }) | undefined;
  let expected = 0;
  const mayBeZero = (): boolean =>
    rule === 'zero' || (rule === 'auto' && !writesZero && Math.exp(-expected) >= likelyRun);
  const close = (): void => {
    if (run !== undefined) {
      const zero = mayBeZero();
      runs.push({ ...run, zeros: zero ? run.zeros : [], taken: zero ? 'zero' : 'gap' });
    }
    run = undefined;
    expected = 0;
  };
  let row = 0;
  for (const at of gridStarts(question)) {
    while (row < startMillis.length && valueAt(startMillis, row) < at) row += 1;
    const isThere = startMillis[row] === at;
    if (isThere && question.blank?.[row] !== 1) {
      close();
      continue;
    }
    const { weekday, slot } = slotOf(zone.local(at), intervalMinutes);
    const index = weekday * slots + slot;
    const isShut = !isOpen(openingHours, weekday, slot * intervalMinutes);
    if (!isThere && (isShut || (rule !== 'zero' && seen[index] === 0))) continue;
    const { fromMillis, intervals, blank, zeros } = run ?? {
      fromMillis: at,
      intervals: 0,
      blank: 0,
      zeros: [],
    };
    run = {
      fromMillis,
      toMillis: at,
      intervals: intervals + 1,
      blank: blank + (isThere ? 1 : 0),
      zeros,
    };
    expected += valueAt(rates, index);
    // a gap may be as long as a mistyped year: its starts are not kept
    if (mayBeZero()) run.zeros.push(at);
  }
  close();
  return runs;
};

/**
 * Starts on this queue's grid over the file's span. Steps up to an hour follow the clock of the world; longer
 * ones the wall clock, or they would drift where clocks change.
 */
function* gridStarts({
  startMillis,
  fromMillis,
  toMillis,
  intervalMinutes,
  zone,
}: AbsentQuestion): Generator<number> {
  const step = intervalMinutes * 60_000;
  const own = startMillis[0] ?? fromMillis;
  const ahead = Math.floor((own - fromMillis) / step);
  if (intervalMinutes <= 60) {
    for (let at = own - ahead * step; at <= toMillis; at += step) yield at;
    return;
  }
  const base = nominalLocal(own, zone);
  for (let k = -ahead; ; k += 1) {
    const start = zone.earlier(base + k * step);
    const at = Number.isNaN(start) ? zone.earlier(base + k * step + 3_600_000) : start;
    if (at > toMillis) return;
    if (at >= fromMillis) yield at;
  }
}
