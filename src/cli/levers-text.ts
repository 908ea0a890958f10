import { spoken } from '../words/phrases.ts';
import { leversWords } from '../words/terminal/levers.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { LeversDocument } from '../contract/documents/levers-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent, whole } from '../render/format.ts';
import { nothingToClose } from '../render/nothing-to-close.ts';
import { textTable } from '../render/text-table.ts';
import { speak } from '../words/speak.ts';

/** The same target by every lever, and the best mix; where there is no gap to close, a sentence that says so. */
export const leversText = (document: LeversDocument, language: Language): string => {
  const words = spoken(leversWords, language);
  const { before, levers, mix } = document;
  const heading = `${words.plan} ${document.plan}\n${speak(language, 'terminal').say(document.basis.told)}`;
  const listed = (lines: readonly Sayable[]): string =>
    lines.map((line) => `· ${speak(language, 'terminal').say(line)}`).join('\n');
  if (nothingToClose(document)) return [heading, listed(document.reasons)].join('\n\n');
  const said = words.callsShortOfThe({
    callsShortBefore: whole(document.callsShortBefore),
    callsShortTarget: whole(document.callsShortTarget),
    connectionRate: percent(before.connectionRate),
    serviceLevel: percent(before.serviceLevel),
  });
  const yes = words.yes;
  const no = words.no;
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
            words.bestMixFound,
            mix.callsShort <= document.callsShortTarget ? yes : no,
            whole(mix.cost),
            whole(mix.recoveredCallers),
            decimal(mix.costPerRecovered),
            whole(mix.callsShort),
            percent(mix.effect.connectionRate),
            percent(mix.effect.serviceLevel),
            words.mostCallersRecoveredWithin({ budget: whole(mix.budget) }),
          ],
        ];
  return [
    heading,
    said,
    textTable(words.heads, [...rows, ...together]),
    listed([...document.reasons, ...document.assumptions]),
  ].join('\n\n');
};
