import type { LineEntry } from '../contract/documents/line-overview.ts';

/** Lines by what people look at first: what could not be worked out, then most days at risk, then most hours short. */
export const riskiestLines = (lines: readonly LineEntry[]): LineEntry[] => {
  const weight = ({ overview }: LineEntry): readonly number[] => [
    overview?.problem == null ? 0 : 1,
    overview?.risk?.days ?? -1,
    overview?.risk?.shortHours ?? -1,
  ];
  return lines.toSorted((one, other) => {
    const [a, b] = [weight(one), weight(other)];
    return a.map((value, i) => (b[i] ?? 0) - value).find((difference) => difference !== 0) ?? 0;
  });
};
