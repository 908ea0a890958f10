import { spoken } from '../words/phrases.ts';
import { requirementWords } from '../words/terminal/requirement.ts';
import type { RequirementDocument } from '../contract/documents/requirement-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, percent, whole } from '../render/format.ts';
import { textTable } from '../render/text-table.ts';
import { speak } from '../words/speak.ts';

const signed = (value: number, digits = 0): string => {
  const shown = value.toFixed(digits);
  return value > 0 && Number(shown) !== 0 ? `+${shown}` : shown.replace(/^-(0(?:\.0+)?)$/, '$1');
};

/** One operator more or less, tier by tier, and what rates cost. */
export const requirementText = (document: RequirementDocument, language: Language): string => {
  const words = spoken(requirementWords, language);
  const at = document.at.replace('T', ' ');
  const title = words.effectsTitle({ plan: document.plan, at, isWeakest: document.atFrom === 'weakest' });
  const effects = textTable(
    words.effectHeads,
    document.tiers.flatMap(({ name, effects: own }) =>
      own.map((row) => [
        inLanguage(name, language),
        signed(row.change),
        decimal(row.operators),
        percent(row.connectionRate),
        percent(row.serviceLevel),
        decimal(row.averageSpeedOfAnswerSeconds),
        percent(row.occupancy),
        decimal(row.abandoned),
        decimal(row.blocked),
        signed(row.answeredMore, 1),
      ]),
    ),
  );
  return [
    title,
    effects,
    ...curveText(document, language),
    ...document.notices.map((said) => `· ${speak(language, 'terminal').say(said)}`),
  ].join('\n');
};

const curveText = ({ curve }: RequirementDocument, language: Language): string[] => {
  if (curve === null) return [];
  const words = spoken(requirementWords, language);
  const measure = curve.measure === 'connection-rate' ? words.connectionRate : words.serviceLevel;
  const required = whole(curve.requiredOperatorHours);
  return [
    '',
    words.curveTitle({ measure, required }),
    textTable(
      words.curveHeads,
      curve.points.map(({ rate, operatorHours, reached }) => [
        percent(rate, 0),
        whole(operatorHours),
        signed(operatorHours - curve.requiredOperatorHours),
        reached ? words.yes : words.no,
      ]),
    ),
  ];
};
