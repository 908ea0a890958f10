import type { Language } from '../kernel/text.ts';
import { piecesOf, type Answer } from './answer.ts';
import { csvZip } from './csv.ts';
import { escapeHtml, pageFrame, tableHtml } from './html.ts';
import type { Table } from './table.ts';
import { reportWords } from './report-words.ts';
import { workbookOf } from './workbook.ts';

/** Files that an answer can be written as: a page to print, a workbook, every table as CSV in a zip. */
const answerFormats = ['html', 'xlsx', 'zip'] as const;
type AnswerFormat = (typeof answerFormats)[number];

/** An answer as a file. */
export const answerFile = async (
  answer: Answer,
  format: AnswerFormat,
  language: Language,
): Promise<Uint8Array> => {
  if (format === 'html') return new TextEncoder().encode(answerHtml(answer, language));
  const words = reportWords(language);
  const pieces = answer.parts.flatMap(piecesOf);
  const tables = pieces.filter((piece) => typeof piece !== 'string').map(named);
  if (format === 'zip') return csvZip(tables, words);
  const lines = pieces.filter((piece) => typeof piece === 'string' && piece !== '') as string[];
  const cover = {
    name: words.about,
    title: answer.title,
    parts: [{ lines: answer.remarks }, { lines: lines.flatMap((line) => line.split('\n')) }],
  };
  return workbookOf(cover, tables, words, language);
};

/** A table without a title is called after its first column. */
const named = (table: Table): Table & { title: string } => ({
  ...table,
  title: table.title ?? table.columns[0]?.heading ?? '',
});

const answerHtml = ({ title, remarks, parts }: Answer, language: Language): string =>
  pageFrame({
    language,
    title,
    orientation: 'portrait',
    below: '',
    warnings: remarks,
    parts: parts.flatMap(piecesOf).map((piece) =>
      typeof piece === 'string'
        ? piece
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => `<p>${escapeHtml(line)}</p>`)
            .join('')
        : tableHtml(piece, language),
    ),
  });
