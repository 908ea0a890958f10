import type { ErlangDocument } from '../../contract/documents/requirement-document.ts';
import type { Language } from '../../kernel/text.ts';
import { figureText } from '../table.ts';
import { spoken } from '../../words/phrases.ts';
import { messages, type Messages } from '../../words/messages.ts';

type Measure = keyof ErlangDocument & keyof Messages<'terminal-erlang'>;

/** The measures in their order, with what they are counted in. */
const measures: readonly (readonly [Measure, 'share' | 'seconds' | 'number'])[] = [
  ['p_connect', 'share'],
  ['sl_offered', 'share'],
  ['sl_excl_short_ab', 'share'],
  ['sl_admitted', 'share'],
  ['asa_answered_s', 'seconds'],
  ['mean_wait_admitted_s', 'seconds'],
  ['p_imm', 'share'],
  ['p_wait', 'share'],
  ['p_abandon', 'share'],
  ['p_block', 'share'],
  ['occupancy', 'share'],
  ['mean_queue_len', 'number'],
];

/** The measures of one interval in words, one a line. */
export const erlangText = (document: ErlangDocument, withinSeconds: number, language: Language): string => {
  const words = spoken(messages('terminal-erlang'), language);
  if (!document.stable) return words.unstable;
  return measures
    .map(([measure, kind]) => {
      const name = words[measure];
      const number = document[measure];
      const value = figureText(number, kind === 'share' ? 'share:2' : 'number:2', language);
      return words.line({
        measure: typeof name === 'string' ? name : name({ seconds: withinSeconds }),
        value: kind === 'seconds' ? words.seconds({ value }) : value,
      });
    })
    .join('\n');
};
