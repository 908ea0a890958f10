/**
 * By how much two shares differ as a reader takes it from their percentages in print: 0.9414 and 0.7886 read 94.1 % and
 * 78.9 %, so they differ by 15.2 points, not by the 15.3 that 0.1528 alone would read. For a difference that stands
 * beside both figures; `digits` are the decimals in which those are printed. NaN where one is.
 */
export const shownDifference = (from: number, to: number, digits = 1): number => {
  const shown = (share: number): number => Number((100 * share).toFixed(digits));
  return Number((shown(to) - shown(from)).toFixed(digits)) / 100;
};
