import type { LineEntry } from '../contract/documents/line-overview.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { spoken } from '../words/phrases.ts';
import { messages } from '../words/messages.ts';
import { describeProblem } from '../words/problems.ts';
import { speak } from '../words/speak.ts';
import { lineLabels, linesWithWork } from './line-overview.ts';
import { headed } from './table.ts';
import { terminalRows } from './terminal-table.ts';

/** Many lines, each in a row; below what is to be decided, or what is wrong, line by line. */
export const linesText = (all: readonly LineEntry[], language: Language): string => {
  const lines = linesWithWork(all);
  const labels = lineLabels(lines, language);
  const words = spoken(messages('terminal-line'), language);
  const { percent } = figuresOf(language);
  const { say } = speak(language, 'terminal');
  const nameOf = ({ line, name }: LineEntry): string => labels.get(line) ?? inLanguage(name, language);
  const table = terminalRows(
    language,
    lines,
    headed<LineEntry>(words.heads, [
      ['text', ({ line }) => line],
      ['text', nameOf],
      ['text', ({ overview }) => overview?.lastDate ?? ''],
      ['text', ({ overview }) => overview?.week ?? ''],
      [
        'text',
        ({ overview }) =>
          overview?.plan == null ? '' : messages('plan-state')[overview.plan.state][language],
      ],
      ['number:0', ({ overview }) => overview?.risk?.days ?? null],
      ['hours', ({ overview }) => overview?.risk?.shortHours ?? null],
      ['share', ({ overview }) => overview?.risk?.connectionRate.mean ?? null],
      [
        'text',
        ({ overview }) =>
          overview?.band == null
            ? ''
            : `${messages('terminal-band-names')[overview.band.band][language]} ${percent(overview.band.chance, 0)}`,
      ],
      ['share', ({ overview }) => overview?.accuracy?.wape ?? null],
      ['share', ({ overview }) => overview?.accuracy?.bias ?? null],
    ]),
  );
  const told = lines.flatMap((entry) => {
    const { overview } = entry;
    if (overview === null) return [`${nameOf(entry)}: ${words.notYet}`];
    if (overview.problem !== null)
      return [`✗ ${nameOf(entry)}: ${describeProblem(overview.problem, language, 'terminal')}`];
    return overview.decisions.map(({ said }) => `${nameOf(entry)}: ${say(said)}`);
  });
  return [table, ...(told.length === 0 ? [] : ['', words.decide, ...told.map((line) => `  ${line}`)])].join(
    '\n',
  );
};
