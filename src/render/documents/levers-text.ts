import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import type { LeversDocument } from '../../contract/documents/effect-documents.ts';
import type { Language } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { nothingToClose } from '../shortages.ts';
import { headed } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { bullets, paragraphs } from './paragraphs.ts';
import { speak } from '../../words/speak.ts';

type Lever = LeversDocument['levers'][number];
type Row = Pick<
  Lever,
  'reachesTarget' | 'cost' | 'recoveredCallers' | 'costPerRecovered' | 'callsShort' | 'effect'
> & { readonly name: string; readonly amount: string };

/** The same target by every lever, and the best mix; where there is no gap to close, a sentence that says so. */
export const leversText = (document: LeversDocument, language: Language): string => {
  const words = spoken(messages('terminal-levers'), language);
  const { before, levers, mix } = document;
  const { say } = speak(language, 'terminal');
  const heading = `${words.plan} ${document.plan}\n${say(document.basis.told)}`;
  if (nothingToClose(document)) return paragraphs([heading, bullets(document.reasons, language)]);
  const { count, percent } = figuresOf(language);
  const short = words.callsShortOfThe({
    callsShortBefore: count(document.callsShortBefore),
    callsShortTarget: count(document.callsShortTarget),
    connectionRate: percent(before.connectionRate),
    serviceLevel: percent(before.serviceLevel),
  });
  const together: Row[] =
    mix === null
      ? []
      : [
          {
            ...mix,
            name: words.bestMixFound,
            reachesTarget: mix.callsShort <= document.callsShortTarget,
            amount: words.mostCallersRecoveredWithin({ budget: count(mix.budget) }),
          },
        ];
  const table = terminalRows<Row>(
    language,
    [...levers.map((row) => ({ ...row, name: say(row.name), amount: say(row.amount) })), ...together],
    headed<Row>(words.heads, [
      ['text', ({ name }) => name],
      ['text', ({ reachesTarget }) => (reachesTarget ? words.yes : words.no)],
      ['number:0', ({ cost }) => cost],
      ['calls', ({ recoveredCallers }) => recoveredCallers],
      ['number', ({ costPerRecovered }) => costPerRecovered],
      ['calls', ({ callsShort }) => callsShort],
      ['share', ({ effect }) => effect.connectionRate],
      ['share', ({ effect }) => effect.serviceLevel],
      ['text', ({ amount }) => amount],
    ]),
  );
  return paragraphs([
    heading,
    short,
    table,
    bullets([...document.reasons, ...document.assumptions], language),
  ]);
};
