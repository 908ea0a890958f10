/**
 * Whether a range held what came. An end of the range belongs to it, as is usual for counts: a range from 0 to 3 calls
 * held 0 and 3. Every coverage that the product reports counts so; where nothing is expected or comes the range holds,
 * so that over quiet intervals an 80 % range is to hold more often than in 80 of 100.
 */
export const isCovered = (came: number, low: number, high: number): boolean => came >= low && came <= high;
