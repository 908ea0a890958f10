import type { DurationUnit } from '../../contract/duration-units.ts';
import { shownNames } from '../findings/ingest-problems.ts';
import { defect, type ProblemLedger } from '../findings/problem-ledger.ts';
import type { SheetRow } from '../tables/sheet-row.ts';
import { type RecordKind, recordKinds } from '../../kernel/records.ts';
import {
  asksContrary,
  doubtOf,
  fieldsOfKind,
  fieldSpec,
  type FieldSpec,
  normalHeading,
  shownHeading,
} from './headings.ts';
import type { FileKnowledge, MapFile } from './map-file.ts';
import {
  columnNamed,
  dateFirst,
  headingSearchRows,
  holdsDurations,
  samplesBelow,
  suggestByContent,
  type SamplesOf,
  suggestColumns,
  type Suggestion,
} from './suggest-columns.ts';

interface Found {
  readonly columns: readonly number[];
  readonly unit?: DurationUnit;
  readonly guess?: Suggestion;
}

/**
 * Columns of every field: from the map, else by canonical name, else (without a map, or where it says so) by their
 * heading's meaning.
 */
const findColumns = (
  headings: readonly string[],
  samplesOf: SamplesOf,
  kind: RecordKind,
  map: MapFile | undefined,
): Map<string, Found> => {
  const found = new Map<string, Found>();
  const mapped = Object.entries(map?.columns ?? {});
  for (const [field, named] of mapped) {
    const columns = (typeof named === 'string' ? [named] : named).map((name) => columnNamed(headings, name));
    if (columns.every((column) => column >= 0)) found.set(field, { columns });
  }
  const used = new Set([...found.values()].flatMap(({ columns }) => columns));
  const canonical = headings.map((heading) => heading.trim().toLowerCase());
  for (const { field } of fieldsOfKind[kind]) {
    const column = canonical.indexOf(field);
    if (!found.has(field) && map?.columns[field] === undefined && column >= 0 && !used.has(column)) {
      found.set(field, { columns: [column] });
      used.add(column);
    }
  }
  if (!isGuessed(map)) return found;
  for (const guess of suggestColumns(headings, samplesOf, kind)) {
    if (found.has(guess.field) || guess.columns.some((column) => used.has(column))) continue;
    found.set(guess.field, {
      columns: guess.columns,
      guess,
      ...(guess.unit === undefined ? {} : { unit: guess.unit }),
    });
  }
  return found;
};

/** Whether columns that a map does not name are guessed. */
const isGuessed = (map: MapFile | undefined): boolean =>
  Object.keys(map?.columns ?? {}).length === 0 || map?.others === 'guess';

interface HeadingChoice {
  readonly at: number;
  readonly headings: readonly string[];
  readonly samplesOf: SamplesOf;
  readonly found: Map<string, Found>;
}

const chooseHeading = (
  head: readonly SheetRow[],
  kind: RecordKind,
  map: MapFile | undefined,
): HeadingChoice => {
  let best: HeadingChoice | undefined;
  let most = 0;
  // a file without headings has been given some, in a line before its first
  const rows = head[0]?.line === 0 ? 1 : Math.min(headingSearchRows, head.length);
  for (let at = 0; at < rows; at += 1) {
    const headings = head[at]?.cells ?? [];
    const samplesOf = samplesBelow(head, at);
    const found = findColumns(headings, samplesOf, kind, map);
    const required = fieldsOfKind[kind].filter(
      (spec) => spec.required === true && found.has(spec.field),
    ).length;
    const score = found.size + 2 * required;
    if (score > most) {
      most = score;
      best = { at, headings, samplesOf, found };
    }
  }
  const first = head.findIndex((row) => row.cells.filter((cell) => cell.trim() !== '').length > 1);
  const at = Math.max(0, first);
  return best ?? { at, headings: head[at]?.cells ?? [], samplesOf: () => [], found: new Map() };
};

const valuesOf = (
  map: MapFile | undefined,
  field: string,
): ReadonlyMap<string, string | null> | undefined => {
  const values = map?.values[field];
  return values === undefined
    ? undefined
    : new Map(Object.entries(values).map(([from, to]) => [from.trim(), to === null ? null : String(to)]));
};

const bindingOf = (
  spec: FieldSpec,
  choice: HeadingChoice,
  map: MapFile | undefined,
  constant: string | undefined,
): Binding | undefined => {
  const found = choice.found.get(spec.field);
  if (found === undefined && constant === undefined) return undefined;
  const values = valuesOf(map, spec.field);
  const of = (columns: readonly number[]): Binding => ({
    spec,
    columns,
    heading: columns.map((column) => choice.headings[column] ?? '').join(' + '),
    ...(values === undefined ? {} : { values }),
    unit: map?.units[spec.field] ?? found?.unit ?? 'seconds',
  });
  if (found === undefined) return { ...of([]), heading: spec.field, constant: constant ?? '' };
  if (found.columns.length === 1) return of(found.columns);
  if (spec.type === 'time') return of(dateFirst(found.columns, choice.samplesOf));
  const adds = figures.has(spec.type);
  return { ...of(found.columns), ...(adds ? { parts: found.columns.map((column) => of([column])) } : {}) };
};

/** Types of which several columns are added up. */
const figures: ReadonlySet<FieldSpec['type']> = new Set(['count', 'number', 'seconds']);

const constantsOf = (kind: RecordKind, options: FileKnowledge): Readonly<Record<string, string>> => {
  const known = options.knownQueues;
  const spec = recordKinds[kind];
  const isOfEveryQueue = 'isOfEveryQueue' in spec && spec.isOfEveryQueue;
  const queue = options.queue ?? (known?.length === 1 && !isOfEveryQueue ? known[0] : undefined);
  const own = Object.entries(options.map?.constants ?? {}).map(
    ([field, value]) => [field, String(value)] as const,
  );
  const hotline = kind === 'test-calls' ? options.monitoring?.own : undefined;
  return {
    ...(queue === undefined ? {} : { queue }),
    ...(hotline === undefined ? {} : { hotline }),
    ...Object.fromEntries(own),
  };
};

const tell = (choice: HeadingChoice, ledger: ProblemLedger, file: string): void => {
  const taken: [string, string][] = [];
  for (const [field, { columns, guess }] of choice.found) {
    if (guess === undefined) continue;
    const column = columns.map((i) => choice.headings[i] ?? '').join(' + ');
    taken.push([column, field]);
    const doubt = columns.length === 1 ? doubtOf(column, field) : undefined;
    if (doubt !== undefined)
      ledger.notice(defect(doubt, { heading: shownHeading(column) }), { file, column });
    if (guess.rival !== undefined)
      ledger.warn(
        defect('two-columns-for-field', { taken: column, other: choice.headings[guess.rival] ?? '', field }),
        { file },
      );
  }
  if (taken.length > 0)
    ledger.notice(
      defect('columns-guessed', { columns: taken.map(([heading, field]) => ({ heading, field })) }),
      { file },
    );
};

/** Columns that hold something and that no field is read from: a planner should see what is not used. */
const noticeUnused = (
  bound: BoundTable,
  samplesOf: SamplesOf,
  { ledger, file }: Pick<BindingReport, 'ledger' | 'file'>,
): void => {
  const used = new Set(
    [...bound.bindings.values(), ...bound.indicators.values()].flatMap(({ columns }) => columns),
  );
  const left = [...bound.headings.keys()].filter(
    (column) => bound.headings[column]?.trim() !== '' && !used.has(column),
  );
  if (left.length === 0 || used.size === 0) return;
  const named = (columns: readonly number[]): ReturnType<typeof shownNames> =>
    shownNames(columns.map((column) => bound.headings[column] ?? ''));
  ledger.notice(defect('columns-left-out', { headings: named(left) }), { file });
  if (bound.kind !== 'traffic' && bound.kind !== 'calls') return;
  for (const { assumed, measured, looksSo } of needs) {
    if ([...bound.bindings.keys()].some((field) => field.startsWith(measured))) continue;
    const missed = left.filter((column) =>
      looksSo(normalHeading(bound.headings[column] ?? ''), () =>
        holdsDurations(bound.headings[column] ?? '', samplesOf(column)),
      ),
    );
    if (missed.length > 0)
      ledger.warn(defect('needed-columns-left-out', { headings: named(missed), assumed }), { file });
  }
};

const ofWaits = /等待|排队|等候|候答|振铃|应答|放弃|wait|queue|answer|ring|aban|asa$/;

/** What a plan assumes where no column says it, the fields that would, and columns that may hold it. */
const needs: readonly {
  readonly assumed: 'handle-time' | 'patience';
  readonly measured: string;
  readonly looksSo: (heading: string, holdsDurations: () => boolean) => boolean;
}[] = [
  {
    assumed: 'handle-time',
    measured: 'handle_seconds',
    looksSo: (heading, holds) =>
      /(?:通话|话后|处理|服务|整理).*(?:时长|时间|秒)|人工.*时长|(?:talk|handl|service|acw|wrap).*(?:time|sec|dur)|^aht$/.test(
        heading,
      ) ||
      (!ofWaits.test(heading) && holds()),
  },
  {
    assumed: 'patience',
    measured: 'wait_seconds',
    looksSo: (heading) =>
      /(?:等待|排队|等候|应答).*(?:时长|时间|秒)|(?:wait|queue|answer).*(?:time|sec|dur)|^asa$/.test(heading),
  },
];

/** Required fields that no column and no constant gives. */
export const missingFields = (bound: BoundTable): string[] =>
  fieldsOfKind[bound.kind].map(({ field }) => field).filter((field) => isNeeded(bound, field));

/** Fields that a kind cannot do without, whether or not the map names a column for them. */
const isNeeded = (bound: BoundTable, field: string): boolean => {
  const spec = fieldSpec(bound.kind, field);
  if (spec?.required !== true || bound.bindings.has(field)) return false;
  // whoever is named is looked up by the name
  if (spec.person === true && bound.bindings.has('name')) return false;
  return !(field === 'offered' && bound.bindings.has('answered') && bound.bindings.has('abandoned'));
};

/** Whether no column is understood, and what is there reads like a letter. */
export const holdsProse = ({ bindings, indicators }: BoundTable, head: readonly SheetRow[]): boolean =>
  indicators.size === 0 &&
  [...bindings.values()].every(({ columns }) => columns.length === 0) &&
  isProse(head);

const refuseMissing = (
  bound: BoundTable,
  map: MapFile | undefined,
  { ledger, file, guessedEncoding }: BindingReport,
): void => {
  const told = new Set<string>();
  for (const [field, named] of Object.entries(map?.columns ?? {}))
    for (const column of typeof named === 'string' ? [named] : named) {
      if (columnNamed(bound.headings, column) >= 0 || bound.bindings.has(field)) continue;
      told.add(field);
      const place = { file, row: bound.headingLine, column };
      // a preset names more than every export has: only what is needed is worth a refusal
      const absent = defect('mapped-column-absent', { field, headings: shownNames(bound.headings) });
      if (isNeeded(bound, field)) ledger.refuse(absent, place);
      else ledger.warn(absent, place);
    }
  const missing = missingFields(bound);
  // nothing at all is understood, though the text is Chinese by its bytes: it may be another encoding
  if (bound.bindings.size === 0 && guessedEncoding === 'gb18030')
    ledger.warn(defect('headings-garbled'), { file, row: bound.headingLine });
  for (const field of missing)
    if (!told.has(field))
      ledger.refuse(defect('missing-column', { field, headings: shownNames(bound.headings) }), {
        file,
        row: bound.headingLine,
      });
};

/** Refuses two columns of one heading with other cells, where a field is read from one of them: nobody knows which is meant. */
const refuseRepeated = (
  { headings, samplesOf, found }: HeadingChoice,
  row: number,
  { ledger, file }: BindingReport,
): void => {
  const places = Map.groupBy(headings.keys(), (column) => (headings[column] ?? '').trim().toLowerCase());
  for (const { columns } of found.values())
    for (const column of columns) {
      const heading = headings[column] ?? '';
      const others = (places.get(heading.trim().toLowerCase()) ?? []).filter(
        (other) => !columns.includes(other),
      );
      const text = JSON.stringify(samplesOf(column));
      if (heading.trim() === '' || others.every((other) => JSON.stringify(samplesOf(other)) === text))
        continue;
      const wrong = defect('heading-repeated', {
        columns: [column, ...others].map((each) => String(each + 1)),
      });
      ledger.refuse(wrong, { file, row, column: heading });
    }
};

const numbersRows = /^(?:序号|编号|序|行号|no|nr|number|serial|serialno|serialnumber|row|rowno|id)$/;

/** Monitoring files: columns that are no field but hold numbers are indicators, under their heading. */
const indicatorsOf = (
  choice: HeadingChoice,
  head: readonly SheetRow[],
  kind: RecordKind,
  map: MapFile | undefined,
): Map<string, Binding> => {
  const indicators = new Map<string, Binding>();
  if (kind !== 'test-calls' && kind !== 'results') return indicators;
  const spec = (name: string): FieldSpec => ({ field: `indicator:${name}`, type: 'number', headings: [] });
  const bind = (name: string, column: number): void =>
    void indicators.set(name, {
      spec: spec(name),
      columns: [column],
      heading: choice.headings[column] ?? '',
      unit: 'seconds',
    });
  const used = new Set([...choice.found.values()].flatMap(({ columns }) => columns));
  for (const [field, { columns }] of choice.found)
    if (field.startsWith('indicator:')) bind(field.slice('indicator:'.length), columns[0] ?? 0);
  if (indicators.size > 0 || map?.others === 'leave') return indicators;
  const samplesOf = samplesBelow(head, choice.at);
  choice.headings.forEach((heading, column) => {
    const cells = samplesOf(column).filter((cell) => cell.trim() !== '');
    const numeric = cells.length > 0 && cells.every((cell) => /^-?\d+(\.\d+)?%?$/.test(cell.trim()));
    if (used.has(column) || heading.trim() === '' || numbersRows.test(normalHeading(heading))) return;
    if (numeric) bind(heading.trim(), column);
  });
  return indicators;
};

/** Where findings about a file's columns go. */
interface BindingReport {
  readonly ledger: ProblemLedger;
  readonly file: string;
  /** Encoding that was found from the bytes; left out where it was named. */
  readonly guessedEncoding?: string | undefined;
}

/** Finds the heading row and the columns of every field; without a ledger nothing is reported or refused. */
export const bindColumns = (
  head: readonly SheetRow[],
  kind: RecordKind,
  options: FileKnowledge,
  report?: BindingReport,
): BoundTable => {
  const { map } = options;
  const choice = chooseHeading(head, kind, map);
  if (isGuessed(map))
    for (const guess of suggestByContent(choice.headings, choice.samplesOf, kind, choice.found))
      choice.found.set(guess.field, { columns: guess.columns, guess });
  const constants = constantsOf(kind, options);
  const bindings = new Map<string, Binding>();
  for (const spec of fieldsOfKind[kind]) {
    const binding = bindingOf(spec, choice, map, constants[spec.field]);
    if (binding !== undefined) bindings.set(spec.field, binding);
  }
  const bound = {
    kind,
    headingLine: head[choice.at]?.line ?? 1,
    headings: choice.headings,
    bindings,
    indicators: indicatorsOf(choice, head, kind, map),
  };
  if (report !== undefined) {
    tell(choice, report.ledger, report.file);
    for (const { spec, heading } of bindings.values())
      if (asksContrary(heading, spec))
        report.ledger.notice(defect('asks-contrary', { heading: shownHeading(heading), field: spec.field }), {
          file: report.file,
          column: heading,
        });
    if (holdsProse(bound, head))
      report.ledger.refuse(defect('not-a-table', { what: 'prose' }), { file: report.file });
    else refuseMissing(bound, map, report);
    refuseRepeated(choice, bound.headingLine, report);
    if (!report.ledger.refused) noticeUnused(bound, choice.samplesOf, report);
  }
  return bound;
};

/** Where a canonical field's value comes from in one file. */
export interface Binding {
  readonly spec: FieldSpec;
  /** Cells that are joined by a space, or added up; empty where the value is a constant. */
  readonly columns: readonly number[];
  readonly heading: string;
  /** Figures that stand in several columns and are added up: each column by itself. */
  readonly parts?: readonly Binding[];
  readonly constant?: string;
  /** Cell text to canonical text; null drops the row. */
  readonly values?: ReadonlyMap<string, string | null>;
  readonly unit: DurationUnit;
}

/** A table whose columns are known: what of them each canonical field is read from. */
export interface BoundTable {
  readonly kind: RecordKind;
  readonly headingLine: number;
  readonly headings: readonly string[];
  readonly bindings: ReadonlyMap<string, Binding>;
  /** Score columns of monitoring files, by name. */
  readonly indicators: ReadonlyMap<string, Binding>;
}

const figure = /^[-+]?[\d.,:/%\s-]*\d[\d.,:/%\s-]*$/;

/** A line that people write to people: some words in a row, or Chinese with its marks of a sentence. */
const isSentence = (line: string): boolean =>
  /(?:\p{Script=Latin}[\p{L}'’-]*[,;]?\s+){5}/u.test(line) || /\p{Script=Han}{4}.*[，。！？；]/u.test(line);

/** Whether nearly all rows have as many cells as each other, two at least. */
const isEven = (counts: readonly number[]): boolean =>
  [...Map.groupBy(counts, (count) => count)].some(
    ([count, alike]) => count > 1 && alike.length >= 0.8 * counts.length,
  );

/** Whether rows are text as in a letter: some are sentences, hardly a cell is a figure, and rows are of any length. */
const isProse = (rows: readonly { readonly cells: readonly string[] }[]): boolean => {
  const filled = rows.map(({ cells }) => cells.map((cell) => cell.trim()).filter((cell) => cell !== ''));
  const lines = filled.filter((cells) => cells.length > 0);
  const cells = lines.flat();
  const figures = cells.filter((cell) => figure.test(cell)).length;
  return (
    lines.some((line) => isSentence(line.join(', '))) &&
    figures <= 0.1 * cells.length &&
    !isEven(lines.map((line) => line.length))
  );
};
