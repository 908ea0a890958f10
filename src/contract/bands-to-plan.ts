/**
 * Bands that a week can be staffed for, in the terminal, over HTTP and on the page alike. A cold or dead line is nothing
 * to staff for: fewer operators always reach it, and the fewest is none at all.
 */
export const bandsToPlan = ['hot', 'warm'] as const;
export type BandToPlan = (typeof bandsToPlan)[number];
