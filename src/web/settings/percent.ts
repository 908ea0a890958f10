/** A fraction in percent, and back, without the dust of multiplication. */
export const percentOf = (fraction: number): number => Number((100 * fraction).toFixed(6));
export const fractionOf = (percent: number): number => Number((percent / 100).toFixed(8));
