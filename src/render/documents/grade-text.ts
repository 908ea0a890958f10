import type { GradeDocument } from '../../contract/documents/score-documents.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { noFigure } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { gradeWords } from '../../words/terminal.ts';
import type { Column } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { bullets, paragraphs } from './paragraphs.ts';

/** Places of the table of operators: their reasons are broken into lines. */
const widest = 110;

/** The tiers before and after, the operators who would move (or all) with their reasons, and the rules. */
export const gradeText = (document: GradeDocument, language: Language, all: boolean): string => {
  const words = spoken(gradeWords, language);
  const shown = document.operators.filter(({ moves }) => all || moves);
  const moving = document.operators.filter(({ moves }) => moves).length;
  return paragraphs([
    words.heading({ operators: document.operators.length, moving, isMadeUp: document.madeUp }),
    tierTable(document, language),
    shown.length === 0 ? '' : operatorTable(document, shown, language),
    bullets([...document.assumptions, ...document.notices], language),
  ]);
};

type Tier = GradeDocument['tiers'][number];

const tierTable = ({ tiers }: GradeDocument, language: Language): string => {
  const words = spoken(gradeWords, language);
  const figures = (heading: string, of: 'present' | 'proposed'): Column<Tier>[] => [
    [heading, 'operators', (tier) => tier[of].operators],
    [words.quality, 'number', (tier) => tier[of].qualityScore],
    [words.resolved, 'share', (tier) => tier[of].firstContactResolution],
    [words.seconds, 'number:0', (tier) => tier[of].handleTimeSeconds],
  ];
  return terminalRows(language, tiers, [
    [words.tier, 'text', ({ name }) => inLanguage(name, language)],
    [words.fromGrade, 'number:1', ({ fromGrade }) => String(fromGrade)],
    [words.connectionTarget, 'share', ({ connectionTarget }) => connectionTarget],
    ...figures(words.now, 'present'),
    ...figures(words.proposed, 'proposed'),
  ]);
};

const operatorTable = (
  { tiers }: GradeDocument,
  operators: GradeDocument['operators'],
  language: Language,
): string => {
  const words = spoken(gradeWords, language);
  const { say } = speak(language, 'terminal');
  const nameOf = (tier: string | null): string => {
    const known = tiers.find((own) => own.tier === tier);
    return known === undefined ? (tier ?? noFigure) : inLanguage(known.name, language);
  };
  const columns: Column<GradeDocument['operators'][number]>[] = [
    [words.operator, 'text', ({ operator }) => operator],
    [words.score, 'number', ({ score }) => score],
    [words.grade, 'number:0', ({ grade }) => grade],
    [words.now2, 'text', ({ present }) => nameOf(present)],
    [words.proposed, 'text', ({ proposed }) => nameOf(proposed)],
    [words.why, 'text', ({ reasons }) => reasons.map(say).join(words.betweenReasons)],
  ];
  return terminalRows(language, operators, columns, {}, widest);
};
