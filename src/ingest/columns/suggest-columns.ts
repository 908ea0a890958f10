import type { DurationUnit } from '../../contract/duration-units.ts';
import { durationSeconds, withoutCountWord } from '../cells/durations.ts';
import { outcomeNamed } from '../cells/call-outcomes.ts';
import { clockMillis, type DateOrder, readTime } from '../cells/wall-clock.ts';
import { longestValue } from '../ingest-limits.ts';
import { isDressing } from '../tables/decoration-rows.ts';
import type { SheetRow } from '../tables/sheet-row.ts';
import type { RecordKind } from '../../kernel/records.ts';
import {
  besideTalkOf,
  datePartConfidence,
  doubtOf,
  fieldsOfKind,
  type FieldSpec,
  headingConfidence,
  meaningsOf,
  normalHeading,
  saysLength,
  shownHeading,
} from './headings.ts';

/** A column of a file that is taken for a canonical field; two columns where date and time stand apart. */
export interface Suggestion {
  readonly field: string;
  readonly columns: readonly number[];
  readonly confidence: number;
  readonly unit?: DurationUnit;
  /** Another column that looked like the same field as surely. */
  readonly rival?: number;
}

const filled = (samples: readonly string[]): string[] =>
  samples
    .map((sample) => sample.normalize('NFKC').trim())
    .filter((sample) => sample !== '' && !/^-+$/.test(sample));

const shareOf = (samples: readonly string[], fits: (sample: string) => boolean): number =>
  samples.length === 0 ? 1 : samples.filter(fits).length / samples.length;

const isTime = (sample: string): boolean => {
  const read = readTime(sample);
  return typeof read !== 'string' || read === 'ambiguous-date';
};
/** A month that is named without a day. */
const isMonth = (sample: string): boolean => /^\d{4}[-/.年]\d{1,2}月?$/.test(sample);
const isDateOnly = (sample: string): boolean => {
  const read = readTime(sample);
  return typeof read === 'string' ? read === 'ambiguous-date' && !/\s/.test(sample) : read.dateOnly;
};
const isClock = (sample: string): boolean =>
  sample.length <= longestValue &&
  (/^0?\.\d+$/.test(sample) || !Number.isNaN(clockMillis(sample.split(/\s*[-~—–至到]+\s*/)[0] ?? '')));
const isNumber = (sample: string): boolean =>
  sample.length <= longestValue &&
  /^[-+]?[\d,]*\.?\d+%?$|^[-+]?[\d.]*,?\d+\s*%?$/.test(withoutCountWord(sample));

/** Calls and seconds are no shares. */
const isFigure = (sample: string): boolean => isNumber(sample) && !sample.endsWith('%');

const fitsType: Readonly<Record<FieldSpec['type'], (sample: string) => boolean>> = {
  text: () => true,
  list: () => true,
  truth: () => true,
  count: isFigure,
  number: isNumber,
  share: isNumber,
  seconds: (sample) => isFigure(sample) || !Number.isNaN(durationSeconds(sample, 'seconds')),
  time: isTime,
  date: (sample) => isTime(sample) || isMonth(sample),
};

/** What a column holds by its cells; empty where there are none. */
type Content = 'times' | 'figures' | 'words' | '';

export const contentOf = (samples: readonly string[]): Content => {
  const cells = filled(samples).slice(0, cellsJudged);
  if (cells.length === 0) return '';
  if (shareOf(cells, isNumber) >= 0.9) return 'figures';
  return shareOf(cells, isTime) >= 0.9 ? 'times' : 'words';
};

export const contentOfType: Readonly<Record<FieldSpec['type'], Content>> = {
  text: 'words',
  list: 'words',
  truth: 'words',
  count: 'figures',
  number: 'figures',
  share: 'figures',
  seconds: 'figures',
  time: 'times',
  date: 'times',
};

const unitOfHeading = (heading: string): DurationUnit | undefined => {
  if (/分钟|\(分\)|(分)|minutes|\bmins?\b/i.test(heading)) return 'minutes';
  if (/毫秒|millisec|\(ms\)|_ms$/i.test(heading)) return 'milliseconds';
  if (/小时|hours/i.test(heading)) return 'hours';
  return undefined;
};

/** Cells of a column in the first rows: asked for only where a heading calls for it. */
export type SamplesOf = (column: number) => readonly string[];

interface Candidate {
  readonly spec: FieldSpec;
  readonly column: number;
  readonly confidence: number;
}

/** Columns of one name that are looked at for a field: a table that has more of them is reported as having rivals. */
const mostOfOneField = 8;

const candidatesOf = (headings: readonly string[], samplesOf: SamplesOf, kind: RecordKind): Candidate[] => {
  const taken = new Map<string, number>();
  return headings
    .flatMap((heading, column) => {
      const meanings = meaningsOf(heading, kind);
      if (meanings === undefined) return [];
      return fieldsOfKind[kind].flatMap((spec): Candidate[] => {
        const named = meanings.get(spec.field) ?? 0;
        const before = taken.get(spec.field) ?? 0;
        if (named === 0 || before >= mostOfOneField) return [];
        taken.set(spec.field, before + 1);
        const fit = shareOf(filled(samplesOf(column)), fitsType[spec.type]);
        const doubted = doubtOf(heading, spec.field) !== undefined;
        return fit < 0.5 && named < 1 ? [] : [{ spec, column, confidence: doubted ? named * 0.8 : named }];
      });
    })
    .sort((a, b) => b.confidence - a.confidence || a.column - b.column);
};

/**
 * A date column and a clock column that together say a time of the kind: the start, or the end, which may be on the
 * start's date.
 */
const dateAndClock = (
  headings: readonly string[],
  samplesOf: SamplesOf,
  kind: RecordKind,
  field: string,
  start?: Suggestion,
): Suggestion | undefined => {
  const isEnd = start !== undefined;
  const [sharedDate] = start?.columns ?? [];
  const best = (
    sureOf: (heading: string) => number,
    fits: (sample: string) => boolean,
    not: readonly number[],
  ): [number, number] => {
    let [column, most, looked] = [-1, 0, 0];
    for (const [i, heading] of headings.entries()) {
      const confidence = saysEnd(heading) === isEnd ? sureOf(heading) : 0;
      if (not.includes(i) || confidence <= most || looked >= mostOfOneField) continue;
      looked += 1;
      const values = filled(samplesOf(i));
      if (values.length > 0 && shareOf(values, fits) >= 0.8) [column, most] = [i, confidence];
    }
    return [column, most];
  };
  const sureOf = (heading: string, part: 'date' | 'clock'): number => {
    const listed = datePartConfidence(heading, part);
    if (!hasEnd(kind)) return listed;
    const bare = heading.replace(/start|begin|end|开始|起始|结束|终止/giu, '');
    return Math.max(listed, headingConfidence(heading, kind, field), datePartConfidence(bare, part));
  };
  const [ownDate, dateSure] = best((heading) => sureOf(heading, 'date'), isDateOnly, []);
  const date = ownDate < 0 ? (sharedDate ?? -1) : ownDate;
  const isBareClock = (sample: string): boolean => isClock(sample) && !isDateOnly(sample);
  const [clock, clockSure] = best((heading) => sureOf(heading, 'clock'), isBareClock, [
    date,
    ...(start?.columns ?? []),
  ]);
  return date < 0 || clock < 0
    ? undefined
    : { field, columns: [date, clock], confidence: Math.min(ownDate < 0 ? 1 : dateSure, clockSure) };
};

/** The times that a record of the kind has to have, the start before the end. */
const timesOf = (kind: RecordKind): readonly string[] =>
  fieldsOfKind[kind]
    .filter(({ type, required }) => type === 'time' && required === true)
    .map(({ field }) => field);

const hasEnd = (kind: RecordKind): boolean => timesOf(kind).length > 1;

/** Columns that together say a time, the date before the time of day, whichever stands first in the file. */
export const dateFirst = (columns: readonly number[], samplesOf: SamplesOf): number[] => {
  const isDate = (column: number): boolean => {
    const cells = filled(samplesOf(column));
    return cells.length > 0 && shareOf(cells, isTime) >= 0.5;
  };
  const dates = columns.filter(isDate);
  return [...dates, ...columns.filter((column) => !dates.includes(column))];
};

/** Which column is which field, from headings and sample cells; each column is used once. */
export const suggestColumns = (
  headings: readonly string[],
  samplesOf: SamplesOf,
  kind: RecordKind,
): Suggestion[] => {
  const candidates = candidatesOf(headings, samplesOf, kind);
  const taken = new Set<number>();
  const chosen = new Map<string, Suggestion>();
  // Clock times under the heading of a time are no moments by themselves.
  const isWhole = ({ column }: Candidate): boolean => {
    const cells = filled(samplesOf(column));
    return shareOf(cells, (cell) => isDateOnly(cell) || (isClock(cell) && !isTime(cell))) < 0.5;
  };
  let start: Suggestion | undefined;
  for (const field of timesOf(kind)) {
    if (candidates.some((each) => each.spec.field === field && isWhole(each))) break;
    const split = dateAndClock(headings, samplesOf, kind, field, start);
    if (split === undefined) break;
    chosen.set(field, split);
    for (const column of split.columns) taken.add(column);
    start = split;
  }
  for (const { spec, column, confidence } of candidates) {
    const before = chosen.get(spec.field);
    if (before !== undefined) {
      const tied = before.rival === undefined && !taken.has(column) && before.confidence - confidence < 0.02;
      if (tied) chosen.set(spec.field, { ...before, rival: column });
    } else if (!taken.has(column)) {
      const unit = spec.type === 'seconds' ? unitOfHeading(headings[column] ?? '') : undefined;
      chosen.set(spec.field, {
        field: spec.field,
        columns: [column],
        confidence,
        ...(unit === undefined ? {} : { unit }),
      });
      taken.add(column);
    }
  }
  addBesideTalk(headings, samplesOf, chosen, taken);
  return [...chosen.values()];
};

/** A day, a moment or a time of day that is written as such: a run of digits may be any number. */
export const isWrittenTime = (sample: string): boolean =>
  writtenDay.test(sample) ? isTime(sample) : /:\d\d/.test(sample) && isClock(sample);
const writtenDay = /^\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)/;
/** Whether a heading names an end: by a word of it, not by a part of one (“Attended at”, “Calendar day”). */
const saysEnd = (heading: string): boolean => {
  const words = heading
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
  return (
    /结束|截止|终止/.test(heading) ||
    words.some((word) =>
      /^(end(ed|s|ing)?(time|date|at)?|(time|date)end|finish(ed|es)?|until)$/.test(word),
    ) ||
    words.at(-1) === 'to'
  );
};
/** Cells of a column by which its content is judged. */
const cellsJudged = 40;

/** Columns for required fields that no heading gives, where by its content just one column can: times, days and results. */
export const suggestByContent = (
  headings: readonly string[],
  samplesOf: SamplesOf,
  kind: RecordKind,
  found: ReadonlyMap<string, { readonly columns: readonly number[] }>,
): Suggestion[] => {
  const used = new Set([...found.values()].flatMap(({ columns }) => columns));
  const lacking = fieldsOfKind[kind].filter(({ field, required }) => required === true && !found.has(field));
  if (found.size === 0 || lacking.length === 0 || headings.length > mostOfContent) return [];
  const free = headings.flatMap((heading, column) => {
    const cells = filled(samplesOf(column)).slice(0, cellsJudged);
    const is = (fits: (sample: string) => boolean): boolean => shareOf(cells, fits) >= 0.9;
    return used.has(column) || cells.length === 0 || saysEnd(heading) || heading.trim() === ''
      ? []
      : [{ column, heading, is }];
  });
  const moments = free.filter(({ is }) => is((cell) => !isNumber(cell) && isTime(cell)));
  const days = moments.filter(({ is }) => is(isDateOnly));
  const whole = moments.filter((each) => !days.includes(each));
  const clocks = free.filter(({ heading, is }) => datePartConfidence(heading, 'clock') > 0 && is(isClock));
  // Which of two times a column gives, its content does not tell.
  const areTwo = lacking.filter(({ type }) => type === 'time').length > 1;
  const timed = areTwo ? [[]] : whole.length > 0 ? [whole] : clocks.length > 0 ? [days, clocks] : [days];
  const only = (...parts: readonly (typeof free)[]): number[] =>
    parts.every((part) => part.length === 1) ? parts.flatMap((part) => part.map(({ column }) => column)) : [];
  return lacking.flatMap(({ field, type }): Suggestion[] => {
    const isResult = field === 'outcome';
    const columns =
      type === 'time'
        ? only(...timed)
        : type === 'date'
          ? only(moments)
          : isResult
            ? only(free.filter(({ heading, is }) => is((cell) => outcomeNamed(cell, heading) !== undefined)))
            : [];
    return columns.length === 0 ? [] : [{ field, columns, confidence: 0.5 }];
  });
};

/** Whether a column may hold how long something took: figures under a heading that says so. */
export const holdsDurations = (heading: string, samples: readonly string[]): boolean => {
  const cells = filled(samples).slice(0, cellsJudged);
  if (cells.length === 0 || saysEnd(heading) || datePartConfidence(heading, 'clock') > 0) return false;
  const isLength = saysLength(heading) && !/[始止起点刻]|间隔|interval|begin|start/i.test(heading);
  return (isLength || besideTalkOf(heading) !== undefined) && shareOf(cells, fitsType.seconds) >= 0.9;
};

/** Columns of a table that is judged by its content: a wider one has its figures beside each other. */
const mostOfContent = 60;

const saysMean = /平均|\b(?:average|avg|mean)\b/i;

/**
 * Work after the call and time on hold are added to talk alone, a column each, where columns have them on the same base and
 * in the same unit: two that mean the same part may hold the same seconds.
 */
const addBesideTalk = (
  headings: readonly string[],
  samplesOf: SamplesOf,
  chosen: Map<string, Suggestion>,
  taken: Set<number>,
): void => {
  for (const [field, found] of chosen) {
    const [talk = -1] = found.columns;
    const heading = headings[talk] ?? '';
    if (found.columns.length > 1 || doubtOf(heading, field) !== 'talk-for-handle') continue;
    const beside = new Map<string, number>();
    for (const [i, talk] of headings.entries()) {
      const part = besideTalkOf(talk);
      if (
        part !== undefined &&
        !beside.has(part) &&
        !taken.has(i) &&
        saysMean.test(talk) === saysMean.test(heading) &&
        unitOfHeading(talk) === found.unit &&
        filled(samplesOf(i)).length > 0 &&
        shareOf(filled(samplesOf(i)), fitsType.seconds) >= 0.5
      )
        beside.set(part, i);
    }
    for (const column of beside.values()) taken.add(column);
    if (beside.size > 0) chosen.set(field, { ...found, columns: [talk, ...beside.values()] });
  }
};

/** Order of day and month where the samples tell; undefined when all could be either. */
export const guessDateOrder = (samples: readonly string[]): DateOrder | undefined => {
  for (const sample of filled(samples)) {
    const match = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}/.exec(sample);
    if (match === null) continue;
    if (Number(match[1]) > 12) return 'dmy';
    if (Number(match[2]) > 12) return 'mdy';
  }
  return undefined;
};

/** Rows among which a heading is looked for: exports often begin with a title. */
export const headingSearchRows = 20;

/** Cells of a column in the rows below a heading, without those that only dress a report. */
export const samplesBelow = (head: readonly SheetRow[], at: number): SamplesOf => {
  let rows: readonly SheetRow[] | undefined;
  return (column) => {
    rows ??= head.slice(at + 1, at + 200).filter(({ cells }) => !isDressing(cells, head[at]?.cells ?? []));
    return rows.map((row) => row.cells[column] ?? '');
  };
};

/** A column by its heading; one that was shown with a person's number hidden is named by what was shown. */
export const columnNamed = (headings: readonly string[], wanted: string): number => {
  const exact = headings.findIndex((heading) => heading.trim() === wanted.trim());
  if (exact >= 0) return exact;
  const alike = headings.findIndex((heading) => normalHeading(heading) === normalHeading(wanted));
  const shown = wanted.includes('*') ? headings.findIndex((each) => shownHeading(each) === wanted) : -1;
  return shown >= 0 ? shown : alike;
};
