/** The names of a text's {gaps}; never where it has none. */
export type GapsOf<Words extends string> = string extends Words
  ? string
  : Words extends `${string}{${infer Gap}}${infer Rest}`
    ? Gap | GapsOf<Rest>
    : never;

/** 'within {seconds} s' with its gaps filled: a gap without a value stays as it stands. */
export const fill = (words: string, values: Readonly<Record<string, string | number>>): string =>
  words.replaceAll(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));
