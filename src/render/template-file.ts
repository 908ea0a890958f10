import type { TemplateFormat } from '../contract/report-formats.ts';
import type { FieldType, TemplateColumn } from '../ingest/columns/headings.ts';
import { type RecordKind, recordKinds } from '../kernel/records.ts';
import { messages, type Messages } from '../words/messages.ts';
import { fieldWords, templateExamples } from '../words/record-kinds.ts';
import type { Language } from '../kernel/text.ts';
import type { Label } from '../words/sentences.ts';
import { csvOf } from './csv.ts';
import type { Kind } from './table.ts';
import { reportWords } from './report-words.ts';
import { workbookOf } from './workbook.ts';

const kindOfCells: Readonly<Record<FieldType, Kind>> = {
  text: 'text',
  list: 'text',
  truth: 'text',
  count: 'calls',
  number: 'number',
  share: 'share',
  seconds: 'number',
  time: 'moment',
  date: 'date',
};

/**
 * A file to be filled in: the columns of a kind under headings that come in without a question, with two rows of
 * examples; a workbook has a sheet of remarks on each column as well. It comes in as it is.
 */
export const templateFile = async (
  kind: RecordKind,
  columns: readonly TemplateColumn[],
  format: TemplateFormat,
  language: Language,
): Promise<Uint8Array> => {
  const said = (label: Label | undefined): string => label?.[language] ?? '';
  // a template has examples of each of its columns
  const examples: Readonly<Record<string, readonly (Label | number | string | null)[]>> =
    templateExamples[kind];
  const exampleOf = (field: string, row: number): string | number | null => {
    const example = examples[field]?.[row] ?? null;
    return typeof example === 'object' && example !== null ? said(example) : example;
  };
  const heading = ({ field, chinese }: TemplateColumn): string => (language === 'en' ? field : chinese);
  const rows = [0, 1].map((row) => columns.map(({ field }) => exampleOf(field, row)));
  if (format === 'csv') return new TextEncoder().encode(csvOf([columns.map(heading), ...rows]));
  const word = (key: keyof Messages<'template'>): string => messages('template')[key][language];
  const data = {
    title: word('data'),
    columns: columns.map((column) => ({ heading: heading(column), kind: kindOfCells[column.type] })),
    rows,
  };
  const nameOf = (field: string): string =>
    said((fieldWords as Readonly<Record<string, Label>>)[`field.${field}`]);
  const remarks = {
    title: word('columns'),
    columns: (['column', 'name', 'needed', 'written', 'note', 'example'] as const).map((key) => ({
      heading: word(key),
      kind: 'text' as const,
    })),
    rows: columns.map((column) => [
      heading(column),
      nameOf(column.field),
      word(column.required === true ? 'yes' : 'no'),
      [
        said(messages('written-as')[column.type]),
        ...(column.most === undefined ? [] : [`${word('most')} ${column.most}`]),
      ].join('; '),
      said((messages('template-notes') as Readonly<Record<string, Label>>)[column.field]),
      String(exampleOf(column.field, 0) ?? ''),
    ]),
  };
  const cover = {
    name: word('about'),
    title: `${word('title')} · ${said(messages('template-titles')[kind])}`,
    parts: [{ lines: [word('use'), `huawu ingest ${recordKinds[kind].file} FILE`] }],
  };
  return workbookOf(cover, [data, remarks], reportWords(language), language);
};
