import { spoken } from '../words/phrases.ts';
import { gradeWords } from '../words/terminal/grade.ts';
import type { GradeDocument } from '../contract/documents/grade-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, percent } from '../render/format.ts';
import { textTable } from '../render/text-table.ts';
import { speak } from '../words/speak.ts';

type Figures = GradeDocument['tiers'][number]['present'];

const or = (value: number | null, print: (known: number) => string): string =>
  value === null ? '–' : print(value);

const figureCells = ({
  operators,
  qualityScore,
  firstContactResolution,
  handleTimeSeconds,
}: Figures): string[] => [
  String(operators),
  or(qualityScore, decimal),
  or(firstContactResolution, percent),
  or(handleTimeSeconds, (seconds) => String(Math.round(seconds))),
];

/** Places of the table of operators: their reasons are broken into lines. */
const widest = 110;

/** The tiers before and after, the operators who would move (or all) with their reasons, and the rules. */
export const gradeText = (document: GradeDocument, language: Language, all: boolean): string => {
  const words = spoken(gradeWords, language);
  const nameOf = (tier: string | null): string => {
    const known = document.tiers.find((own) => own.tier === tier);
    return known === undefined ? (tier ?? '–') : inLanguage(known.name, language);
  };
  const tiers = textTable(
    [
      words.tier,
      words.fromGrade,
      words.connectionTarget,
      words.now,
      words.quality,
      words.resolved,
      words.seconds,
      words.proposed,
      words.quality,
      words.resolved,
      words.seconds,
    ],
    document.tiers.map((tier) => [
      inLanguage(tier.name, language),
      String(tier.fromGrade),
      percent(tier.connectionTarget),
      ...figureCells(tier.present),
      ...figureCells(tier.proposed),
    ]),
  );
  const shown = document.operators.filter(({ moves }) => all || moves);
  const operators = textTable(
    [words.operator, words.score, words.grade, words.now2, words.proposed, words.why],
    shown.map(({ operator, score, grade, present, proposed, reasons }) => [
      operator,
      or(score, decimal),
      grade === null ? '–' : String(grade),
      nameOf(present),
      nameOf(proposed),
      reasons.map((reason) => speak(language, 'terminal').say(reason)).join(words.betweenReasons),
    ]),
    widest,
  );
  const moving = document.operators.filter(({ moves }) => moves).length;
  const heading = words.heading({ operators: document.operators.length, moving, isMadeUp: document.madeUp });
  const said = [...document.assumptions, ...document.notices]
    .map((one) => `· ${speak(language, 'terminal').say(one)}`)
    .join('\n');
  return [heading, tiers, ...(shown.length === 0 ? [] : [operators]), said].join('\n\n');
};
