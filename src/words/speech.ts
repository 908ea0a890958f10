import type { Sayable } from '../kernel/finding.ts';
import type { Language, Text } from '../kernel/text.ts';

/** Who reads: someone at a terminal, someone on the page, or a program over HTTP. Remedies name what each of them has. */
export type Audience = 'terminal' | 'page' | 'program';

/** How a language writes figures, lists and names, for one reader. Sentences are made of these and of their own words. */
export interface Speech {
  readonly language: Language;
  readonly audience: Audience;
  /** A share, 0–1, in percent: 0.9512 → '95.1%'. */
  readonly percent: (share: number, digits?: number) => string;
  /** The same without decimals that say nothing, for shares that somebody set: 0.8 → '80%', 0.975 → '97.5%'. */
  readonly shortPercent: (share: number) => string;
  /** A difference of shares in percentage points with its sign: −0.0123 → '-1.23'. */
  readonly points: (difference: number, digits?: number) => string;
  /** A number with so many decimals and no grouping: 12.345 → '12.3'. */
  readonly number: (value: number, digits?: number) => string;
  /** A whole number in groups of three: 25756.4 → '25,756'. */
  readonly whole: (value: number) => string;
  /** An amount of money without its hundredths: 192323 → '192,323 yuan'; bare where nobody has said which money. */
  readonly money: (value: number, currency: string | null) => string;
  /** A number with the noun that goes with it: '1 call', '3 calls'. */
  readonly counted: (count: number, one: string, many?: string) => string;
  /** The form of a word that goes with a number. */
  readonly plural: (count: number, one: string, many: string) => string;
  /** 'a, b and c' / 'a、b和c' are for sentences; this is the bare list: 'a, b, c' / 'a、b、c'. */
  readonly list: (items: readonly string[]) => string;
  /** Weekdays from Monday (0): [0, 1] → 'Mon, Tue' / '周一、二'; all seven → 'every day' / '每天'. */
  readonly weekdays: (days: readonly number[]) => string;
  /** A name that data or models carry in both languages. */
  readonly name: (name: Text) => string;
  /** The same, where it may be but a key. */
  readonly called: (name: string | Text) => string;
  /** A finding, or a name that carries its languages. */
  readonly say: (said: Sayable) => string;
}

/** A plan by its id, which commands take, or on the page by its week: the rest of the id says nothing to people. */
export const planNamed = (id: string, audience: Audience): string =>
  audience === 'page' ? (/^\d{4}-W\d\d/.exec(id)?.[0] ?? id) : id;
