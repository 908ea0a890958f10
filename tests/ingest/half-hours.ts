/** Heading of the rows of `halfHours`. */
export const heading = 'queue,start,offered';
/** Rules of problems, in their order. */
export const rules = (problems: readonly { readonly rule: string }[]): string[] =>
  problems.map(({ rule }) => rule);

/** Rows of half-hours from a first one on; undefined leaves the row out. */
export const halfHours = (queue: string, from: string, counts: readonly (number | undefined)[]): string[] =>
  counts.flatMap((count, i) =>
    count === undefined
      ? []
      : [`${queue},${new Date(Date.parse(`${from}Z`) + i * 1_800_000).toISOString().slice(0, 16)},${count}`],
  );
