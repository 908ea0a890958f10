import { spoken } from '../../words/phrases.ts';
import { requirementWords } from '../../words/terminal.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import { inLanguage, type Language, type Text } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { remarksOf, type Answer } from '../answer.ts';
import { headed, tableOf, type Table } from '../table.ts';
import { bullets } from './paragraphs.ts';

/** One operator more or less, tier by tier, and what rates cost. */
export const requirementAnswer = (
  document: RequirementDocument,
  language: Language,
  madeUp = false,
): Answer => {
  const words = spoken(requirementWords, language);
  const at = document.at.replace('T', ' ');
  const title = words.effectsTitle({ plan: document.plan, at, isWeakest: document.atFrom === 'weakest' });
  type Row = { readonly name: Text } & RequirementDocument['tiers'][number]['effects'][number];
  const effects = tableOf<Row>(
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
  const notices = document.notices.map((said) => bullets([said], language));
  const curve = curveParts(document, language);
  return {
    title: words.title,
    remarks: remarksOf(document, language, madeUp),
    parts:
      curve.length === 0
        ? [[title, effects, ...notices]]
        : [
            [title, effects],
            [...curve, ...notices],
          ],
  };
};

const curveParts = ({ curve }: RequirementDocument, language: Language): (string | Table)[] => {
  if (curve === null) return [];
  const words = spoken(requirementWords, language);
  const measure = curve.measure === 'connection-rate' ? words.connectionRate : words.serviceLevel;
  const required = figuresOf(language).count(curve.requiredOperatorHours);
  return [
    words.curveTitle({ measure, required }),
    tableOf(
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
