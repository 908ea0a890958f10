import type { ErlangDocument } from '../contract/documents/erlang-document.ts';
import type { Language, Text } from '../kernel/text.ts';
import { text } from '../kernel/text.ts';
import { decimal, percent } from '../report/format.ts';

type Measure = Exclude<keyof ErlangDocument, 'document' | 'stable'>;

const unstable: Text = text(
  '话务量不小于座席数，且无人放弃、中继不限：排队会无限增长，没有稳定的答案。请增加座席，或给出 --patience、--trunks。',
  'The load is not below the operators, nobody hangs up and lines are endless: the queue grows without end and there is no stationary answer. Give more operators, or --patience or --trunks.',
);

/** What each measure is called; `{}` takes the threshold in seconds. */
const names: readonly (readonly [Measure, Text, 'share' | 'seconds' | 'number'])[] = [
  ['p_connect', text('接通率', 'Connection rate (answered / offered)'), 'share'],
  ['sl_offered', text('{} 秒接通率（占人工请求量）', 'Answered within {} s, of offered'), 'share'],
  ['sl_excl_short_ab', text('同上，不计短放弃', 'The same without short abandons'), 'share'],
  ['sl_admitted', text('同上，不计遇忙', 'The same, of calls that found a line'), 'share'],
  ['asa_answered_s', text('平均应答时长', 'Average speed of answer'), 'seconds'],
  ['mean_wait_admitted_s', text('平均排队时长（含放弃）', 'Mean wait, abandoners included'), 'seconds'],
  ['p_imm', text('立即应答', 'Finds a free operator'), 'share'],
  ['p_wait', text('需要排队', 'Has to wait'), 'share'],
  ['p_abandon', text('放弃', 'Abandons'), 'share'],
  ['p_block', text('遇忙', 'Finds no line'), 'share'],
  ['occupancy', text('占用率', 'Occupancy'), 'share'],
  ['mean_queue_len', text('平均排队人数', 'Mean queue length'), 'number'],
];

/** The measures of one interval in words, one a line. */
export const erlangText = (document: ErlangDocument, withinSeconds: number, language: Language): string => {
  if (!document.stable) return unstable[language];
  const colon = language === 'en' ? ': ' : '：';
  const unit = language === 'en' ? ' s' : ' 秒';
  return names
    .map(([measure, name, kind]) => {
      const value = document[measure];
      const printed = kind === 'share' ? percent(value, 2) : decimal(value, 2);
      return `${name[language].replace('{}', String(withinSeconds))}${colon}${printed}${kind === 'seconds' ? unit : ''}`;
    })
    .join('\n');
};
