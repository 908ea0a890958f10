import type { PresetName } from '../ingest/columns/preset-tables.ts';
import type {
  ColumnProblems,
  DoubtAdvice,
  DoubtProblems,
  FileProblems,
  OtherFile,
  RecordProblems,
  RowProblems,
  SeriesProblems,
  TopicProblems,
} from '../ingest/findings/ingest-problems.ts';
import type { CallOutcome } from '../kernel/records.ts';
import type { Text } from '../kernel/text.ts';
import { fieldName, fieldNames, ingestSentences, listed, presetTitles, unitNames } from './ingest.ts';
import { kernelSentences } from './kernel.ts';
import { filledWith, messageFilledWith, messages } from './messages.ts';
import type { ProblemSentences, ProblemWording } from './sentences.ts';
import type { Speech } from './speech.ts';

const columns = messages('column-problems');

/** The same values with the field as a reader calls it. */
const named = <Values extends { readonly field: string }>(values: Values, speech: Speech): Values => ({
  ...values,
  field: fieldName(values.field, speech),
});

/** What is wrong with the columns of a file or the map of them, and what to do. */
export const columnProblems: ProblemSentences<ColumnProblems> = {
  ...columns,
  'asks-contrary': {
    message: filledWith(columns['asks-contrary'].message, named),
    remedy: filledWith(columns['asks-contrary'].remedy, named),
  },
  'two-columns-for-field': messageFilledWith(columns['two-columns-for-field'], named),
  'preset-recognised': messageFilledWith(columns['preset-recognised'], ({ preset }) => ({
    preset,
    name: presetTitles[preset as PresetName],
  })),
  'columns-left-out': messageFilledWith(columns['columns-left-out'], ({ headings }) => ({
    headings: listed(headings),
  })),
  'needed-columns-left-out': messageFilledWith(
    columns['needed-columns-left-out'],
    ({ headings, assumed }) => ({
      assumed,
      headings: listed(headings),
    }),
  ),
  'missing-column': messageFilledWith(columns['missing-column'], ({ field, headings }, speech) => ({
    name: fieldName(field, speech),
    headings: listed(headings),
  })),
  'mapped-column-absent': messageFilledWith(
    columns['mapped-column-absent'],
    ({ field, headings }, speech) => ({
      field: fieldName(field, speech),
      headings: listed(headings),
    }),
  ),
  'columns-guessed': messageFilledWith(columns['columns-guessed'], (guessed, speech) => ({
    columns: guessed.columns.map((column) => named(column, speech)),
  })),
};

const { insist, advice } = messages('doubts');

type Advised = { readonly advice: DoubtAdvice };

const toDo = ({ advice: given }: Advised, { language }: Speech) => ({
  heading: '',
  field: '',
  unit: '',
  ...given,
  insist: insist[language],
});

const toDoOnPage = ({ advice: given }: Advised) => ({
  heading: '',
  ...given,
  unit: 'unit' in given ? unitNames[given.unit] : '',
});

const doubted = <Code extends keyof DoubtProblems>(code: Code): ProblemWording<DoubtProblems[Code]> => ({
  message: kernelSentences[code],
  remedy: filledWith(advice.remedy, toDo),
  onPage: filledWith(advice.onPage, toDoOnPage),
});

/** What is doubtful about traffic that is imported, in the words of the doubts, and what to do. */
export const doubtProblems: ProblemSentences<DoubtProblems> = {
  'unusual-handle-time': doubted('unusual-handle-time'),
  'unusual-wait': doubted('unusual-wait'),
  'unusual-occupancy': doubted('unusual-occupancy'),
  'unusual-counts-changed': doubted('unusual-counts-changed'),
  'unusual-handle-time-changed': doubted('unusual-handle-time-changed'),
  'unusual-day-calls': doubted('unusual-day-calls'),
  'unusual-interval-calls': doubted('unusual-interval-calls'),
  'unusual-interval-handle-time': doubted('unusual-interval-handle-time'),
  'unusual-interval-wait': doubted('unusual-interval-wait'),
  'unusual-interval-operators': doubted('unusual-interval-operators'),
};

const files = messages('file-problems');

const otherFiles: Readonly<Record<OtherFile, Text>> = messages('other-files');

/** What is wrong with a file as a whole, and what to do. */
export const fileProblems: ProblemSentences<FileProblems> = {
  ...files,
  'not-a-table': messageFilledWith(files['not-a-table'], ({ what }) => ({ what: otherFiles[what] })),
  'sheets-left-out': { ...files['sheets-left-out'], message: ingestSentences['sheets-left-out'] },
};

/** What is wrong with demands by topic, and what to do. */
export const topicProblems: ProblemSentences<TopicProblems> = messages('topic-problems');

const records = messages('record-problems');

type Fields = RecordProblems['parts-above-whole'];
const namedParts = ({ parts, whole }: Fields, speech: Speech): Fields => ({
  parts: fieldNames(parts, speech),
  whole: fieldName(whole, speech),
});

type SomeHotlines = RecordProblems['hotlines-added'];
const withMore = (some: SomeHotlines) => ({ ...some, more: Math.max(0, some.hotlines - some.named.length) });

/** What only the records of all files together show to be wrong, and what to do. */
export const recordProblems: ProblemSentences<RecordProblems> = {
  ...records,
  'days-spread': { ...records['days-spread'], message: ingestSentences['days-spread'] },
  'conflicting-duplicates': messageFilledWith(records['conflicting-duplicates'], (twice) => ({
    queue: '',
    start: '',
    ...twice,
    place: 'other' in twice ? `${twice.other.file}:${twice.other.row}` : '',
  })),
  'parts-above-whole': messageFilledWith(records['parts-above-whole'], namedParts),
  'parts-above-whole-of-day': messageFilledWith(records['parts-above-whole-of-day'], namedParts),
  'hotlines-added': messageFilledWith(records['hotlines-added'], withMore),
  'hotline-replaced': messageFilledWith(records['hotline-replaced'], withMore),
};

const rows = messages('row-problems');

/** What is wrong with a row or a cell, and what to do. */
export const rowProblems: ProblemSentences<RowProblems> = {
  ...rows,
  'outcome-guessed': messageFilledWith(rows['outcome-guessed'], ({ outcome }) => ({
    outcome: outcomeNames[outcome],
  })),
  'missing-value': messageFilledWith(rows['missing-value'], named),
  'unusual-value': {
    message: ingestSentences['unusual-value'],
    remedy: rows['unusual-value'].remedy,
    onPage: filledWith(rows['unusual-value'].onPage, ({ confirmed, unit }) => ({
      confirmed,
      unit: unit === null ? null : unitNames[unit],
    })),
  },
};

/** What is wrong with a bare series, and what to do. */
export const seriesProblems: ProblemSentences<SeriesProblems> = messages('series-problems');

const outcomeNames = messages('outcome-names') satisfies Readonly<Record<CallOutcome, Text>>;
