/** One figure for each measure. */
export type Figures = Readonly<Record<string, number>>;

const ofWord = (word: string): number =>
  [...word].reduce((sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0)) % 99_991, 0);

/**
 * Each measure of some rows as one figure, over rows and arrays, the later entries weighing more: a change anywhere is
 * seen. Eight digits; what is nothing is left out, what is unknown (NaN) counts as −1, what is endless as a million, a word
 * as a number of its own, and of a code how often it is there.
 */
export const digest = (rows: readonly object[]): Figures => {
  const sums: Record<string, number> = {};
  const add = (value: unknown, name: string, weight: number): void => {
    if (typeof value === 'number') {
      const counted = Number.isNaN(value) ? -1 : Number.isFinite(value) ? value : 1e6 * Math.sign(value);
      sums[name] = (sums[name] ?? 0) + weight * counted;
    } else if (name.endsWith('code') && typeof value === 'string') add(1, `${name} ${value}`, weight);
    else if (typeof value === 'string') add(ofWord(value), name, weight);
    else if (typeof value === 'boolean') add(value ? 1 : 0, name, weight);
    else if (ArrayBuffer.isView(value))
      (value as Float64Array).forEach((n, i) => add(n, name, weight * (i + 1)));
    else if (Array.isArray(value)) value.forEach((own, i) => add(own, name, weight * (i + 1)));
    else if (value instanceof Map || value instanceof Set) add([...value.values()], name, weight);
    else if (typeof value === 'object' && value !== null)
      for (const [key, own] of Object.entries(value)) add(own, name === '' ? key : `${name}.${key}`, weight);
  };
  rows.forEach((row, i) => add(row, '', i + 1));
  return Object.fromEntries(
    Object.entries(sums).flatMap(([name, sum]) => (sum === 0 ? [] : [[name, Number(sum.toPrecision(8))]])),
  );
};
