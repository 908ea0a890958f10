import type { Sayable } from '../kernel/finding.ts';
import type { LeversDocument } from '../contract/documents/levers-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent, whole } from '../report/format.ts';
import { nothingToClose } from '../report/nothing-to-close.ts';
import { textTable } from '../report/text-table.ts';
import { speak } from '../words/speak.ts';

const heads: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': ['措施', '达标', '花费', '挽回人数', '每人花费', '剩余缺口', '接通率', '时限内', '用量'],
  en: [
    'lever',
    'reaches it',
    'cost',
    'recovered',
    'each',
    'calls short',
    'connection',
    'in threshold',
    'how much',
  ],
};

/** The same target by every lever, and the best mix; where there is no gap to close, a sentence that says so. */
export const leversText = (document: LeversDocument, language: Language): string => {
  const english = language === 'en';
  const { before, levers, mix } = document;
  const heading = `${english ? 'Plan' : '计划'} ${document.plan}\n${speak(language, 'terminal').say(document.basis.told)}`;
  const listed = (lines: readonly Sayable[]): string =>
    lines.map((line) => `· ${speak(language, 'terminal').say(line)}`).join('\n');
  if (nothingToClose(document)) return [heading, listed(document.reasons)].join('\n\n');
  const said = english
    ? `Calls short of the targets: ${whole(document.callsShortBefore)} now, ${whole(document.callsShortTarget)} as the target (connection rate ${percent(before.connectionRate)}, within the threshold ${percent(before.serviceLevel)})`
    : `未达目标的来电：现在 ${whole(document.callsShortBefore)} 通，目标 ${whole(document.callsShortTarget)} 通（接通率 ${percent(before.connectionRate)}，时限内 ${percent(before.serviceLevel)}）`;
  const yes = english ? 'yes' : '是';
  const no = english ? 'no' : '否';
  const rows = levers.map((row) => [
    speak(language, 'terminal').say(row.name),
    row.reachesTarget ? yes : no,
    whole(row.cost),
    whole(row.recoveredCallers),
    decimal(row.costPerRecovered),
    whole(row.callsShort),
    percent(row.effect.connectionRate),
    percent(row.effect.serviceLevel),
    speak(language, 'terminal').say(row.amount),
  ]);
  const together =
    mix === null
      ? []
      : [
          [
            english ? 'best mix found' : '所找到的最佳组合',
            mix.callsShort <= document.callsShortTarget ? yes : no,
            whole(mix.cost),
            whole(mix.recoveredCallers),
            decimal(mix.costPerRecovered),
            whole(mix.callsShort),
            percent(mix.effect.connectionRate),
            percent(mix.effect.serviceLevel),
            english
              ? `most callers recovered within ${whole(mix.budget)}`
              : `预算 ${whole(mix.budget)} 内挽回人数最多`,
          ],
        ];
  return [
    heading,
    said,
    textTable([...heads[language]], [...rows, ...together]),
    listed([...document.reasons, ...document.assumptions]),
  ].join('\n\n');
};
