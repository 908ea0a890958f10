import type { Language } from '../kernel/text.ts';
import type { Speech } from './speech.ts';

/** A message that takes values. */
export type Filled<Values, Written = string> = (values: Values, speech?: Speech) => Written;

/** One sentence in one language: as it is, or made of values. */
export type Wording<Values> = string | ((values: Values, speech: Speech) => string);

/** Words that stand as they are in every language. */
export type Label = Readonly<Record<Language, string>>;

/** One sentence in every language, side by side. */
export type Sentence<Values> = Readonly<Record<Language, Wording<Values>>>;

/**
 * The sentences of a table of findings: each code has one in every language. A missing or misspelt code, and a value
 * that the finding does not have, do not compile.
 */
export type Sentences<Table> = { readonly [Code in keyof Table & string]: Sentence<Table[Code]> };

/** What is wrong and what to do about it. */
export interface ProblemWording<Values> {
  readonly message: Sentence<Values>;
  readonly remedy: Sentence<Values>;
  /** What to do on the page, where its lists and buttons take the place of options and map files. */
  readonly onPage?: Sentence<Values>;
}

/** The sentences of a table of problems, by rule. */
export type ProblemSentences<Table> = {
  readonly [Rule in keyof Table & string]: ProblemWording<Table[Rule]>;
};
