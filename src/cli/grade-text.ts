import type { GradeDocument } from '../contract/documents/grade-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../report/format.ts';
import { textTable } from '../report/text-table.ts';
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
  const english = language === 'en';
  const nameOf = (tier: string | null): string =>
    document.tiers.find((own) => own.tier === tier)?.name[language] ?? tier ?? '–';
  const tiers = textTable(
    english
      ? [
          'tier',
          'from grade',
          'connection target',
          'now',
          'quality',
          'resolved',
          'seconds',
          'proposed',
          'quality',
          'resolved',
          'seconds',
        ]
      : [
          '等级',
          '起评档',
          '接通率目标',
          '现有',
          '质检分',
          '首次解决率',
          '处理秒数',
          '建议',
          '质检分',
          '首次解决率',
          '处理秒数',
        ],
    document.tiers.map((tier) => [
      tier.name[language],
      String(tier.fromGrade),
      percent(tier.connectionTarget),
      ...figureCells(tier.present),
      ...figureCells(tier.proposed),
    ]),
  );
  const shown = document.operators.filter(({ moves }) => all || moves);
  const operators = textTable(
    english
      ? ['operator', 'score', 'grade', 'now', 'proposed', 'why']
      : ['座席', '总评', '档', '现等级', '建议', '理由'],
    shown.map(({ operator, score, grade, present, proposed, reasons }) => [
      operator,
      or(score, decimal),
      grade === null ? '–' : String(grade),
      nameOf(present),
      nameOf(proposed),
      reasons.map((reason) => speak(language, 'terminal').say(reason)).join(english ? ' ' : ''),
    ]),
    widest,
  );
  const moving = document.operators.filter(({ moves }) => moves).length;
  const heading = english
    ? `${document.operators.length} operators graded, ${moving} would move${document.madeUp ? ' (made up)' : ''}`
    : `共 ${document.operators.length} 名座席，建议调整 ${moving} 名${document.madeUp ? '（虚构数据）' : ''}`;
  const said = [...document.assumptions, ...document.notices]
    .map((one) => `· ${speak(language, 'terminal').say(one)}`)
    .join('\n');
  return [heading, tiers, ...(shown.length === 0 ? [] : [operators]), said].join('\n\n');
};
