/**
 * Most characters of a cell that can be a time, a number or a duration. What is longer is none, and is not tried: on
 * patterns with several open ends a long cell costs the square of its length.
 */
export const longestValue = 100;
