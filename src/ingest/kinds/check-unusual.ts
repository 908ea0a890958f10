import { doubtText } from '../../kernel/doubt-text.ts';
import { text, type Text } from '../../kernel/text.ts';
import {
  callBounds,
  judgeQueues,
  type JudgedTraffic,
  type TrafficDoubt,
} from '../../kernel/traffic-doubts.ts';
import type { Binding } from '../columns/bound-table.ts';
import { takenAsConfirmed } from '../findings/row-findings.ts';
import type { Finding } from '../findings/problem-ledger.ts';
import type { IngestOptions } from '../ingest-options.ts';
import { rejectTrafficRow, type TrafficCheck } from './traffic-checks.ts';
import type { TrafficColumn } from './traffic-table.ts';

/**
 * Questions figures that calls cannot have, before anything is stored: single intervals as bad rows, what concerns
 * a whole queue (a unit that is misread) as a refusal. Where they are accepted they are told and handed on instead.
 */
export const checkUnusual = (
  check: TrafficCheck,
  grouped: readonly Int32Array[],
  minutes: number,
  options: IngestOptions,
): void => {
  const rowsOf = grouped.map((all) => all.filter((row) => check.dead[row] === 0));
  const traffic = rowsOf.map((rows, id) => judgedTraffic(check, rows, id, minutes));
  judgeQueues(traffic, options.usual).forEach((doubts, id) => {
    const rows = rowsOf[id] ?? new Int32Array(0);
    for (const doubt of doubts) {
      if (options.acceptUnusual === true) accept(check, rows, doubt);
      else question(check, rows, doubt);
    }
  });
};

const judgedTraffic = (
  { table, queues }: TrafficCheck,
  rows: Int32Array,
  id: number,
  intervalMinutes: number,
): JudgedTraffic => {
  // a plain loop: Float64Array.from with a function takes several times as long
  const figures = (of: (row: number) => number): Float64Array => {
    const all = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) all[i] = of(rows[i] ?? 0);
    return all;
  };
  const column = (field: TrafficColumn): Float64Array => figures((row) => table.value(field, row));
  return {
    queue: queues[id] ?? '',
    intervalMinutes,
    startMillis: figures((row) => table.startMillis.at(row)),
    offered: column('offered'),
    answered: column('answered'),
    abandoned: column('abandoned'),
    waitSecondsTotal: column('waitSecondsTotal'),
    handleSecondsTotal: column('handleSecondsTotal'),
    operators: column('operators'),
  };
};

const accept = ({ reading, table }: TrafficCheck, rows: Int32Array, doubt: TrafficDoubt): void => {
  const first = rows[doubt.rows[0] ?? 0] ?? 0;
  const message = doubtText(doubt);
  reading.accepted.push(message);
  const file = reading.files[table.file.at(first)]?.file;
  reading.ledger.warn({ rule: `unusual-${doubt.code}`, message, remedy: takenAsConfirmed }, { file });
};

const question = (check: TrafficCheck, rows: Int32Array, doubt: TrafficDoubt): void => {
  const { table, reading } = check;
  const first = rows[doubt.rows[0] ?? 0] ?? 0;
  const column = columnOf[doubt.code];
  const heading = durationOf(doubt, reading.durations)?.heading ?? column;
  const finding: Finding = {
    rule: `unusual-${doubt.code}`,
    message: doubtText(doubt),
    remedy: remedyFor(doubt, reading.durations),
  };
  const slips = doubt.slips && table.line.at(first) > 0;
  if (slips)
    for (const at of doubt.rows) {
      const row = rows[at] ?? 0;
      const alone = {
        ...finding,
        message: doubtText({ ...doubt, value: figureOf(check, row, doubt), rows: [at] }),
      };
      rejectTrafficRow(check, row, alone, heading, table.value(column, row));
    }
  else reading.ledger.refuse(finding, { file: reading.files[table.file.at(first)]?.file, column: heading });
};

const columnOf: Readonly<Record<TrafficDoubt['code'], TrafficColumn>> = {
  'handle-time': 'handleSecondsTotal',
  wait: 'waitSecondsTotal',
  occupancy: 'operators',
  'counts-changed': 'offered',
  'handle-time-changed': 'handleSecondsTotal',
  'interval-calls': 'offered',
  'interval-handle-time': 'handleSecondsTotal',
  'interval-wait': 'waitSecondsTotal',
  'interval-operators': 'operators',
};

/** The figure of one row that its doubt is about. */
const figureOf = ({ table }: TrafficCheck, row: number, { code }: TrafficDoubt): number => {
  const value = table.value(columnOf[code], row);
  const handled = table.value('answered', row);
  if (code === 'interval-handle-time')
    return value / Math.max(1, Number.isNaN(handled) ? table.value('offered', row) : handled);
  if (code === 'interval-wait') return value / Math.max(1, table.value('offered', row));
  return value;
};

/** How to go on: the reading of the column that makes the figure usual, where there is one, and how to insist. */
const remedyFor = (doubt: TrafficDoubt, durations: readonly Binding[]): Text => {
  const binding = durationOf(doubt, durations);
  const unit = binding === undefined ? undefined : likelierUnit(binding, doubt.value);
  const insist = text(
    '若数值属实，用 --accept-unusual（网页上勾选「数值属实」）导入，结果会注明这一点',
    'if the figures are true, take them in with --accept-unusual (on the page: "These figures are true"); answers will say so',
  );
  if (binding !== undefined && unit !== undefined)
    return text(
      `若「${binding.heading}」的单位是 ${unit}，用 --unit ${binding.spec.field}=${unit}（网页上在列表中选择）；${insist['zh-CN']}`,
      `if "${binding.heading}" is in ${unit}, say --unit ${binding.spec.field}=${unit} (on the page: choose it in the table); ${insist.en}`,
    );
  if (binding !== undefined)
    return text(
      `检查「${binding.heading}」的单位（现按 ${binding.unit} 读；用 --unit 说明）以及它是合计还是平均；${insist['zh-CN']}`,
      `check the unit of "${binding.heading}" (read as ${binding.unit}; --unit says another) and whether it is a total or a mean; ${insist.en}`,
    );
  return text(`改正写错的数值；${insist['zh-CN']}`, `correct what is mistyped; ${insist.en}`);
};

/** The file's column of durations that a doubt is about; none where it is about calls or operators. */
const durationOf = ({ code }: TrafficDoubt, durations: readonly Binding[]): Binding | undefined => {
  const field = code.includes('wait')
    ? 'wait_seconds'
    : /handle|occupancy/.test(code)
      ? 'handle_seconds'
      : undefined;
  return field === undefined ? undefined : durations.find(({ spec }) => spec.field.startsWith(field));
};

const unitSeconds = { milliseconds: 0.001, seconds: 1, minutes: 60, hours: 3600 } as const;

/** The unit in which a handle time or a wait would be usual, where the one that it was read in makes it none. */
const likelierUnit = ({ unit, spec }: Binding, seconds: number): keyof typeof unitSeconds | undefined => {
  const own = unit in unitSeconds ? unitSeconds[unit as keyof typeof unitSeconds] : 1;
  const { from, to } = spec.field.startsWith('wait')
    ? { from: 1, to: callBounds.waitSeconds }
    : callBounds.handleSeconds;
  return (Object.keys(unitSeconds) as (keyof typeof unitSeconds)[]).find((other) => {
    const then = (seconds / own) * unitSeconds[other];
    return other !== unit && then >= from && then <= to;
  });
};
