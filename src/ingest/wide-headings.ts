/** What the columns of a wide table's figures are headed by. */
export const wideHeadings = ['date', 'clock', 'weekday', 'queue'] as const;
export type WideHeadings = (typeof wideHeadings)[number];
