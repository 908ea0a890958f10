import { spoken } from '../../words/phrases.ts';
import { requirementWords } from '../../words/terminal/requirement.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import { inLanguage, type Language, type Text } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { headed } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { bullets } from './paragraphs.ts';

/** One operator more or less, tier by tier, and what rates cost. */
export const requirementText = (document: RequirementDocument, language: Language): string => {
  const words = spoken(requirementWords, language);
  const at = document.at.replace('T', ' ');
  const title = words.effectsTitle({ plan: document.plan, at, isWeakest: document.atFrom === 'weakest' });
  type Row = { readonly name: Text } & RequirementDocument['tiers'][number]['effects'][number];
  const effects = terminalRows<Row>(
    language,
    document.tiers.flatMap(({ name, effects: own }) => own.map((row) => ({ name, ...row }))),
    headed<Row>(words.effectHeads, [
      ['text', ({ name }) => inLanguage(name, language)],
      ['signed', ({ change }) => change],
      ['operators:1', ({ operators }) => operators],
      ['share', ({ connectionRate }) => connectionRate],
      ['share', ({ serviceLevel }) => serviceLevel],
      ['seconds', ({ averageSpeedOfAnswerSeconds }) => averageSpeedOfAnswerSeconds],
      ['share', ({ occupancy }) => occupancy],
      ['number', ({ abandoned }) => abandoned],
      ['number', ({ blocked }) => blocked],
      ['signed:1', ({ answeredMore }) => answeredMore],
    ]),
  );
  return [
    title,
    effects,
    ...curveText(document, language),
    ...document.notices.map((said) => bullets([said], language)),
  ].join('\n');
};

const curveText = ({ curve }: RequirementDocument, language: Language): string[] => {
  if (curve === null) return [];
  const words = spoken(requirementWords, language);
  const measure = curve.measure === 'connection-rate' ? words.connectionRate : words.serviceLevel;
  const required = figuresOf(language).count(curve.requiredOperatorHours);
  return [
    '',
    words.curveTitle({ measure, required }),
    terminalRows(
      language,
      curve.points,
      headed<(typeof curve.points)[number]>(words.curveHeads, [
        ['share:0', ({ rate }) => rate],
        ['hours', ({ operatorHours }) => operatorHours],
        ['signed', ({ operatorHours }) => operatorHours - curve.requiredOperatorHours],
        ['text', ({ reached }) => (reached ? words.yes : words.no)],
      ]),
    ),
  ];
};
