/**
 * A rule about how much of something a person's days add up to: hours a week, nights a month, weekends worked.
 * Days lie in windows one after the other; each window has its least and most, and a price per unit beyond them
 * (Infinity: forbidden). Units are whole numbers.
 */
export interface LineTally {
  /** What a day's option adds: `weight[day * options + option]`, not negative. */
  readonly weight: Int32Array;
  /** Window of each day, -1 where the day counts for none. Days of a window are neighbours among those that count. */
  readonly window: Int32Array;
  readonly least: Int32Array;
  readonly most: Int32Array;
  readonly leastPrice: number;
  readonly mostPrice: number;
  /** What the days before the period have added to the first window. */
  readonly carried: number;
  /**
   * Where given, days of the same group count together once, as soon as one of them adds something: the two days
   * of a weekend. Days outside groups have -1.
   */
  readonly group: Int32Array | undefined;
}

/**
 * One tally as a counter with few values. `value` is what has been added, capped where more makes no difference;
 * with groups it is twice the count, plus one as long as the group at hand has not counted yet.
 */
export interface TallyCounter {
  readonly tally: LineTally;
  readonly start: number;
  /** Values run from 0 to `top`. */
  readonly top: number;
  /** Days' ends: 1 closes a group, 2 closes a window, 3 both. */
  readonly closes: Uint8Array;
  /** Most that one value less, or more, can still cost: how far one count stands in for another. */
  readonly lessCosts: number;
  readonly moreCosts: number;
}

const closeGroup = 1;
const closeWindow = 2;

/** Divides a tally by what all its weights have in common, so that few values remain. */
export const shrinkTally = (tally: LineTally): LineTally => {
  let unit = 0;
  for (const weight of tally.weight) unit = greatestDivisor(unit, weight);
  unit = greatestDivisor(unit, tally.carried);
  const priced = Number.isFinite(tally.leastPrice) || Number.isFinite(tally.mostPrice);
  const isTight = priced && tally.leastPrice !== 0;
  if (priced) for (const most of tally.most) unit = greatestDivisor(unit, most === noMost ? 0 : most);
  if (isTight) for (const least of tally.least) unit = greatestDivisor(unit, least);
  if (unit <= 1) return tally;
  return {
    ...tally,
    weight: tally.weight.map((weight) => weight / unit),
    carried: tally.carried / unit,
    least: tally.least.map((least) => Math.ceil(least / unit)),
    most: tally.most.map((most) => (most === noMost ? most : Math.floor(most / unit))),
    leastPrice: tally.leastPrice * unit,
    mostPrice: tally.mostPrice * unit,
  };
};

/** A most that nothing reaches. */
export const noMost = 0x3fffffff;

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

export const counterOf = (tally: LineTally): TallyCounter => {
  const days = tally.window.length;
  const closes = new Uint8Array(days);
  for (let day = 0; day < days; day += 1) {
    const group = tally.group?.[day] ?? -1;
    if (group >= 0 && (tally.group?.[day + 1] ?? -1) !== group) closes[day] = closeGroup;
    const window = tally.window[day] as number;
    if (window >= 0 && nextWindow(tally.window, day) !== window)
      closes[day] = (closes[day] ?? 0) + closeWindow;
  }
  let top = 0;
  const hasLeast = tally.leastPrice > 0;
  for (let window = 0; window < tally.most.length; window += 1) {
    const most = tally.most[window] as number;
    top = Math.max(
      top,
      most === noMost || tally.mostPrice === 0 ? 0 : most,
      hasLeast ? (tally.least[window] as number) : 0,
    );
  }
  const factor = tally.group === undefined ? 1 : 2;
  const limitsMost = tally.mostPrice > 0 && tally.most.some((most) => most !== noMost);
  const limitsLeast = hasLeast && tally.least.some((least) => least > 0);
  return {
    tally,
    top: top * factor + factor - 1,
    start: Math.min(top, tally.carried) * factor + factor - 1,
    closes,
    lessCosts: limitsLeast ? tally.leastPrice : 0,
    moreCosts: limitsMost ? tally.mostPrice : 0,
  };
};

/** Window of the next day that counts, -2 after the last. */
const nextWindow = (window: Int32Array, day: number): number => {
  for (let next = day + 1; next < window.length; next += 1)
    if ((window[next] as number) >= 0) return window[next] as number;
  return -2;
};

/** Value after a day and what it costs: `[value, cost]`, cost Infinity where the rule forbids it. */
export const stepCounter = (
  counter: TallyCounter,
  day: number,
  option: number,
  options: number,
  value: number,
): readonly [value: number, cost: number] => {
  const { tally, top, closes } = counter;
  const window = tally.window[day] as number;
  if (window < 0) return [value, 0];
  const grouped = tally.group !== undefined;
  const weight = tally.weight[day * options + option] as number;
  const most = tally.most[window] as number;
  const before = grouped ? value >> 1 : value;
  const isOpen = grouped && (value & 1) === 1;
  const count = grouped ? before + (weight > 0 && isOpen ? 1 : 0) : before + weight;
  let cost = 0;
  if (count > most && count > before && tally.mostPrice > 0)
    cost = tally.mostPrice === Infinity ? Infinity : tally.mostPrice * (count - Math.max(most, before));
  const close = closes[day] as number;
  const mayCount = !grouped || (close & closeGroup) !== 0 || (isOpen && weight === 0);
  if ((close & closeWindow) !== 0) {
    const short = (tally.least[window] as number) - count;
    if (short > 0 && tally.leastPrice > 0) cost += short * tally.leastPrice;
    return [grouped ? 1 : 0, cost];
  }
  if (!grouped) return [Math.min(count, top), cost];
  return [Math.min(count, top >> 1) * 2 + (mayCount ? 1 : 0), cost];
};
