import type { Sayable } from '../kernel/finding.ts';
import type { Language } from '../kernel/text.ts';
import { isAssumedShape } from '../words/planning.ts';
import { speak } from '../words/speak.ts';
import { paragraphs } from './documents/paragraphs.ts';
import type { Table } from './table.ts';
import { terminalTable } from './terminal-table.ts';
import { reportWords } from './report-words.ts';

/** A part of an answer: words, a table, or several of them that stand together. What is empty is left out. */
export type AnswerPart = string | Table | readonly (string | Table)[];

/** An answer in its parts: described once for the terminal, a page, a workbook and CSV files. */
export interface Answer {
  /** What it is an answer to: the title of a file. */
  readonly title: string;
  /** What must be known before any of it is believed. */
  readonly remarks: readonly string[];
  readonly parts: readonly AnswerPart[];
}

/** Words and tables of a part. */
export const piecesOf = (part: AnswerPart): readonly (string | Table)[] =>
  (Array.isArray as (given: AnswerPart) => given is readonly (string | Table)[])(part) ? part : [part];

/** What heads an answer: that the hotline is made up, and the doubted figures that it rests on. */
export const remarksOf = (
  { unusual = [] }: { readonly unusual?: readonly Sayable[] | undefined },
  language: Language,
  madeUp = false,
): string[] => {
  const words = reportWords(language);
  return [
    ...(madeUp ? [words.marked({ words: words.madeUp })] : []),
    ...unusual.map((said) =>
      words.markedAs({
        words: isAssumedShape(said) ? words.assumed : words.unusual,
        said: speak(language, 'terminal').say(said),
      }),
    ),
  ];
};

/** An answer for the terminal. */
export const answerText = ({ remarks, parts }: Answer, language: Language): string => {
  const written = (piece: string | Table): string =>
    typeof piece === 'string' ? piece : terminalTable(piece, language);
  const body = parts.map((part) =>
    piecesOf(part)
      .map(written)
      .filter((piece) => piece !== '')
      .join('\n'),
  );
  return [...remarks, paragraphs(body)].join('\n');
};

/** An answer's text, headed by the remark that the hotline is made up where it is. */
export const remarkMadeUp = (answer: string, madeUp: boolean, language: Language): string =>
  [...remarksOf({}, language, madeUp), answer].join('\n');

/** An answer's text, headed by the doubted figures that it rests on. */
export const remarkUnusual = (
  answer: string,
  document: { readonly unusual?: readonly Sayable[] | undefined },
  language: Language,
): string => [...remarksOf(document, language), answer].join('\n');
