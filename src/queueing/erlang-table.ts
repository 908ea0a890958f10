import { erlangLimits } from '../contract/erlang-limits.ts';
import type { ErlangDocument } from '../contract/documents/requirement-document.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { newQueueSums, type QueueSums } from './erlang-kernel.ts';
import { erlang, leastOperators, type ErlangInput, type ErlangMeasures } from './erlang.ts';
import { queueingProblem, type NumberRange } from './queueing-problems.ts';

type Measure = Exclude<keyof ErlangDocument, 'document' | 'stable'>;

/** Measures by the names of the table and of `--json`; the last ones need a threshold. */
const measureNames: readonly (readonly [Measure, keyof ErlangMeasures])[] = [
  ['p_block', 'pBlock'],
  ['p_imm', 'pImmediate'],
  ['p_wait', 'pWait'],
  ['p_abandon', 'pAbandon'],
  ['p_connect', 'pConnect'],
  ['mean_queue_len', 'meanQueueLength'],
  ['mean_wait_admitted_s', 'meanWaitAdmittedSeconds'],
  ['asa_answered_s', 'asaAnsweredSeconds'],
  ['occupancy', 'occupancy'],
  ['p_virtual_wait_gt_t', 'pVirtualWaitOver'],
  ['p_wait_gt_t', 'pWaitOver'],
  ['p_answered_le_t', 'pAnsweredWithin'],
  ['p_abandon_le_t', 'pAbandonWithin'],
  ['sl_offered', 'slOffered'],
  ['sl_excl_short_ab', 'slExcludingShortAbandons'],
  ['sl_admitted', 'slAdmitted'],
  ['sl_admitted_excl_short_ab', 'slAdmittedExcludingShortAbandons'],
];
const withoutThreshold = 9;

/** One interval's measures under the reference's names; null where no stationary answer exists. */
export const erlangDocument = (input: ErlangInput): ErlangDocument => {
  const found = erlang(input);
  const values = measureNames.map(([name, key]) => [name, found.stable ? Number(found[key]) : null] as const);
  return {
    document: 'erlang',
    stable: found.stable,
    ...(Object.fromEntries(values) as Record<Measure, number | null>),
  };
};

const inputColumns = ['load_erl', 'n', 'aht_s', 'patience_s', 'K', 't_s'] as const;
type InputColumn = (typeof inputColumns)[number];

interface Range extends NumberRange {
  /** Value of an empty cell; undefined: a value is needed. */
  readonly empty: number | undefined;
}

const ranges: Readonly<Record<InputColumn | 'target_sl_offered', Range>> = {
  load_erl: {
    whole: false,
    infinite: false,
    positive: false,
    empty: undefined,
    most: erlangLimits.loadErlangs,
  },
  n: { whole: true, infinite: false, positive: false, empty: undefined, most: erlangLimits.operators },
  aht_s: {
    whole: false,
    infinite: false,
    positive: true,
    empty: undefined,
    most: erlangLimits.handleTimeSeconds,
  },
  patience_s: {
    whole: false,
    infinite: true,
    positive: false,
    empty: Infinity,
    most: erlangLimits.patienceSeconds,
  },
  K: { whole: true, infinite: true, positive: false, empty: Infinity, most: erlangLimits.trunks },
  t_s: {
    whole: false,
    infinite: true,
    positive: false,
    empty: Number.NaN,
    most: erlangLimits.thresholdSeconds,
  },
  target_sl_offered: { whole: false, infinite: false, positive: false, empty: undefined, most: 1 },
};

/** Splits one line of CSV (RFC 4180 quotes within a line). */
const splitLine = (line: string): string[] => {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i];
    if (quoted) {
      if (c === '"' && line[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  cells.push(cell.trim());
  return cells;
};

const parseNumber = (cell: string): number => {
  if (/^\+?inf(inity)?$/i.test(cell)) return Infinity;
  return /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
};

/** A problem of a cell, by its row and column. */
const cellProblem = (problem: Problem, row: number): Problem => {
  const { path, ...rest } = problem;
  return { ...rest, row, column: path };
};

const wrongCell = (
  row: number,
  column: string,
  value: string,
  { whole, positive, infinite, most }: NumberRange,
): Problem =>
  cellProblem(
    queueingProblem(column, value === '' ? 'empty-cell' : 'unusable-cell', value, {
      whole,
      positive,
      infinite,
      most,
    }),
    row,
  );

const readCell = (
  cell: string,
  row: number,
  column: InputColumn | 'target_sl_offered',
  problems: Problem[],
  needed = false,
): number => {
  const range = needed ? { ...ranges[column], empty: undefined } : ranges[column];
  if (cell === '' && range.empty !== undefined) return range.empty;
  const value = parseNumber(cell);
  const inRange =
    value >= 0 &&
    (range.infinite || value !== Infinity) &&
    !(range.positive && value === 0) &&
    (!range.whole || value === Infinity || Number.isInteger(value)) &&
    (value === Infinity || value <= range.most);
  if (!inRange) problems.push(wrongCell(row, column, cell, range));
  return value;
};

const longestPatience = ({ handleTimeSeconds }: ErlangInput): number =>
  erlangLimits.patienceHandleTimes * handleTimeSeconds;

const tooPatient = (row: number, value: string): Problem =>
  cellProblem(
    queueingProblem('patience_s', 'patience-too-long', value, {
      handleTimes: erlangLimits.patienceHandleTimes,
    }),
    row,
  );

const print = (value: number): string => {
  if (value === Infinity) return 'inf';
  const short = String(value);
  return Number.isInteger(value) ? short : value.toPrecision(17);
};

interface Heading {
  readonly at: Readonly<Record<string, number>>;
  readonly search: boolean;
}

const readHeading = (line: string): Heading => {
  const cells = splitLine(line.replace(/^\uFEFF/, ''));
  const at: Record<string, number> = {};
  cells.forEach((name, i) => {
    at[name] ??= i;
  });
  const search = 'target_sl_offered' in at && !('n' in at);
  const needed = ['load_erl', 'aht_s', ...(search ? [] : ['n'])];
  const missing = needed.filter((name) => !(name in at));
  if (missing.length === 0) return { at, search };
  throw new BadInputError(
    missing.map((column) =>
      cellProblem(queueingProblem(column, 'erlang-column-missing', '', { columns: inputColumns }), 1),
    ),
  );
};

const answerRow = (input: ErlangInput, sums: QueueSums): string[] => {
  const noThreshold = Number.isNaN(input.thresholdSeconds);
  const found = erlang(noThreshold ? { ...input, thresholdSeconds: 0 } : input, sums);
  return [
    String(found.stable),
    ...measureNames.map(([, key], i) =>
      !found.stable || (noThreshold && i >= withoutThreshold) ? '' : print(Number(found[key])),
    ),
  ];
};

const searchRow = (input: ErlangInput, target: number, sums: QueueSums): string[] => {
  const { operators: _, ...rest } = input;
  const found = leastOperators(rest, target, sums);
  if (found === undefined) return ['', '', ''];
  return [String(found.operators), print(found.serviceLevel), print(found.serviceLevelWithOneLess)];
};

/**
 * Answers a table of intervals (CSV). In: load_erl, n, aht_s, patience_s, K, t_s (others are ignored; an empty
 * or absent patience_s or K is inf, an empty t_s leaves the threshold's measures empty, but a search needs one). Out: those columns,
 * `stable` and the measures with 17 digits; an unstable row has stable=false and empty measures. With a
 * column target_sl_offered and no n: n_min, sl_at_n and sl_at_n_minus_1 instead, empty where no number of
 * operators reaches the target. Any bad cell: BadInputError with every bad row and column, and no answer.
 */
export const runErlangTable = (csvText: string): string => {
  const lines = csvText.split(/\r?\n/);
  const { at, search } = readHeading(lines[0] ?? '');
  const problems: Problem[] = [];
  const shown = inputColumns.filter((column) => column in at);
  const head = search
    ? [...shown, 'target_sl_offered', 'n_min', 'sl_at_n', 'sl_at_n_minus_1']
    : [...shown, 'stable', ...measureNames.map(([name]) => name)];
  const answers: (() => string)[] = [];
  const sums = newQueueSums();
  lines.slice(1).forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = splitLine(line);
    const cellOf = (column: string): string => cells[at[column] ?? -1] ?? '';
    const read = (column: InputColumn | 'target_sl_offered'): number =>
      readCell(cellOf(column), i + 2, column, problems);
    const input: ErlangInput = {
      loadErlangs: read('load_erl'),
      operators: search ? 0 : read('n'),
      handleTimeSeconds: read('aht_s'),
      patienceSeconds: read('patience_s'),
      trunks: read('K'),
      thresholdSeconds: readCell(cellOf('t_s'), i + 2, 't_s', problems, search),
    };
    if (input.patienceSeconds !== Infinity && input.patienceSeconds > longestPatience(input))
      problems.push(tooPatient(i + 2, cellOf('patience_s')));
    const target = search ? read('target_sl_offered') : Number.NaN;
    const given = shown.map(cellOf);
    answers.push(() =>
      [
        ...given,
        ...(search
          ? [cellOf('target_sl_offered'), ...searchRow(input, target, sums)]
          : answerRow(input, sums)),
      ].join(','),
    );
  });
  if (problems.length > 0) throw new BadInputError(problems);
  return `${[head.join(','), ...answers.map((answer) => answer())].join('\n')}\n`;
};
