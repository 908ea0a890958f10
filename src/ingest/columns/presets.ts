import { remembered } from '../../kernel/remember.ts';
import { clockMillis } from '../cells/wall-clock.ts';
import { allQueues } from '../tables/decoration-rows.ts';
import {
  lacksYear,
  withGroupsInHeadings,
  withMade,
  withUnitsInHeadings,
  monthIn,
  withYear,
} from '../tables/made-columns.ts';
import type { SheetRow, OpenTable, OpenTables } from '../tables/sheet-row.ts';
import { bindColumns, missingFields } from './bind-columns.ts';
import { callPresets, type PresetEntry, type PresetName, trafficPresets } from './preset-tables.ts';
import type { RecordKind } from '../../kernel/records.ts';
import { besideTalkOf, datePartConfidence, fieldSpec, meaningsOf, normalHeading } from './headings.ts';
import { type FileKnowledge, type MapFile, parseMapFile } from './map-file.ts';
import { headingSearchRows } from './suggest-columns.ts';

const entries = Object.entries({ ...trafficPresets, ...callPresets }) as unknown as readonly (readonly [
  PresetName,
  PresetEntry,
])[];

/** Names of the presets that the product brings along. */
export const presetNames: readonly PresetName[] = entries.map(([name]) => name);

const mapOfEntry = remembered((entry: PresetEntry): MapFile => parseMapFile(entry.map));

/** Presets for files of a kind. */
export const presetsFor = (kinds: readonly RecordKind[]): PresetName[] =>
  entries.flatMap(([name, { map }]) => (kinds.some((kind) => kind === map.kind) ? [name] : []));

/** Tables as they are to be read, with what is known of their columns. */
interface ReadyTables<Knowledge extends FileKnowledge> {
  readonly tables: OpenTables;
  readonly options: Knowledge;
  /** The preset by which the file is read. */
  readonly preset?: PresetName;
}

/** A table whose file has no row of headings, under the names that are given; further columns are numbered from 1. */
const withHeadings = (table: OpenTable, names: readonly string[]): OpenTable => {
  const width = Math.max(names.length, ...table.head.map(({ cells }) => cells.length));
  const cells = Array.from({ length: width }, (_, i) => names[i] ?? String(i + 1));
  return { ...table, head: [{ line: 0, cells }, ...table.head], ragged: true };
};

/**
 * Tables under their headings, those that a map gives included, and with columns made of others. Where nothing is said
 * of the columns, a file whose headings, or whose cells where it has no headings, are those of a preset is read by it.
 */
export const readyTables = <Knowledge extends FileKnowledge>(
  given: OpenTables,
  kinds: readonly RecordKind[],
  options: Knowledge,
): ReadyTables<Knowledge> => {
  const means = (heading: string): boolean =>
    kinds.some((kind) => meaningsOf(heading, kind) !== undefined || besideTalkOf(heading) !== undefined);
  const united = (table: OpenTable): OpenTable => ({
    ...table,
    head: withGroupsInHeadings(withUnitsInHeadings(table.head), means),
  });
  const opened: OpenTables = [united(given[0]), ...given.slice(1).map(united)];
  const found = presetOf(opened, kinds, options);
  const map = found === undefined ? options.map : joined(found, options.map);
  const titled = (known: Knowledge, tables: OpenTables): OpenTables => {
    const kind = kinds.find((each) => titledKinds.has(each));
    const ofTitle = (table: OpenTable): OpenTable => {
      const dated = withTitleYear(table, kinds, known);
      return kind === undefined ? dated : withTitle(dated, kind, known);
    };
    const [one, ...more] = tables;
    return [ofTitle(one), ...more.map(ofTitle)];
  };
  if (map === undefined) return { tables: titled(options, opened), options };
  const ready = (table: OpenTable): OpenTable => {
    const headed = map.headings === undefined ? table : withHeadings(table, map.headings);
    return map.made === undefined ? headed : withMade(headed, map.made, map.dateOrder);
  };
  const [first, ...further] = opened;
  const tables: OpenTables = [ready(first), ...further.map(ready)];
  const known = { ...options, map: found === undefined ? map : ofPresent(map, tables) };
  const answer = { tables: titled(known, tables), options: known };
  return found === undefined ? answer : { ...answer, preset: found.name };
};

/** Kinds of which a report may be of one day, or of one queue. */
const titledKinds: ReadonlySet<RecordKind> = new Set(['traffic', 'presence', 'channel-volumes']);

interface FoundPreset {
  readonly name: PresetName;
  readonly entry: PresetEntry;
  /** Whether the file has the headings of the preset itself. */
  readonly headed: boolean;
}

const presetOf = (
  tables: OpenTables,
  kinds: readonly RecordKind[],
  { preset, map }: FileKnowledge,
): FoundPreset | undefined => {
  const headedBy = ({ known, unless = [] }: PresetEntry): boolean =>
    tables.some(({ head }) => isHeadedBy(head, known) && !unless.some((other) => isHeadedBy(head, [other])));
  if (preset !== undefined)
    return entries
      .filter(([name]) => name === preset)
      .map(([name, entry]) => ({ name, entry, headed: headedBy(entry) }))[0];
  if (
    map !== undefined &&
    (Object.keys(map.columns).length > 0 || map.wide !== undefined || map.headings !== undefined)
  )
    return undefined;
  const [best] = entries
    .filter(([, entry]) => kinds.some((kind) => kind === entry.map.kind))
    .map(([name, entry]) => ({ name, entry, headed: headedBy(entry) }))
    .filter(({ entry, headed }) => headed || tables.some(({ head }) => looksLike(head, entry)))
    .sort((a, b) => b.entry.known.length - a.entry.known.length);
  return best;
};

const isHeadedBy = (head: readonly SheetRow[], known: readonly string[]): boolean => {
  const wanted = known.map(normalHeading);
  return head.slice(0, headingSearchRows).some(({ cells }) => {
    const there = new Set(cells.map(normalHeading));
    return wanted.every((heading) => there.has(heading));
  });
};

/** Whether every row of the first look has cells as a preset's without headings. */
const looksLike = (head: readonly SheetRow[], { looks = {}, map }: PresetEntry): boolean => {
  const tests = Object.entries(looks).map(
    ([heading, pattern]) => [map.headings?.indexOf(heading) ?? -1, new RegExp(pattern)] as const,
  );
  if (tests.length === 0 || head.length === 0) return false;
  return head.every(({ cells }) =>
    tests.every(([column, pattern]) => pattern.test((cells[column] ?? '').trim())),
  );
};

/** A preset's map with what else is known of the file: units that are named go before its own. */
const joined = ({ entry, headed }: FoundPreset, own: MapFile | undefined): MapFile => {
  const { headings, ...map } = mapOfEntry(entry);
  const whole = headed || headings === undefined ? map : { ...map, headings };
  if (own === undefined) return whole;
  return {
    ...whole,
    ...own,
    columns: whole.columns,
    values: { ...whole.values, ...own.values },
    units: { ...whole.units, ...own.units },
    constants: { ...whole.constants, ...own.constants },
  };
};

/** A preset names more columns than every export has: those that are there. */
const ofPresent = (map: MapFile, tables: OpenTables): MapFile => {
  const there = new Set(
    tables.flatMap(({ head }) =>
      head.slice(0, headingSearchRows).flatMap(({ cells }) => cells.map(normalHeading)),
    ),
  );
  const columns = Object.entries(map.columns).flatMap(([field, named]) => {
    const all = typeof named === 'string' ? [named] : named;
    const own = all.filter((heading) => there.has(normalHeading(heading)));
    if (own.length === 0) return [];
    return [[field, own.length === 1 ? (own[0] ?? '') : own] as const];
  });
  return { ...map, columns: Object.fromEntries(columns) };
};

const aDate = /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|(?<!\d)\d{1,2}[-/]\d{1,2}[-/]\d{4}(?!\d)/g;
const labelled = /^([^:：]{1,30})[:：]\s*(.*)$/;
const leastClocks = 4;

/**
 * A report of one day, or of one queue, that names it in a title above the table: as if each row did. Only where the
 * columns say neither, the rows have a time of day, and the title tells one day or one queue.
 */
const withTitle = (table: OpenTable, kind: RecordKind, options: FileKnowledge): OpenTable => {
  const bound = bindColumns(table.head, kind, options);
  const at = table.head.findIndex(({ line }) => line === bound.headingLine);
  const above = table.head.slice(0, Math.max(0, at));
  const missing = missingFields(bound);
  if (above.length === 0 || bound.bindings.size === 0) return table;
  const mapped = options.map?.columns ?? {};
  // A map that was guessed names the columns that a title makes; any other has them in the file, or needs them not.
  const mayMake = (field: string, column: string, isSaid = mapped[field] !== undefined): boolean =>
    isSaid ? [mapped[field]].flat().includes(column) : field === 'start' || Object.keys(mapped).length === 0;
  // Days that only lack their year are not all that of the title.
  const hasDays = bound.headings.some(
    (heading, column) =>
      datePartConfidence(heading, 'date') > 0 &&
      table.head.slice(at + 1).some(({ cells }) => lacksYear(cells[column] ?? '')),
  );
  const isOfDay =
    mayMake('start', 'date') && missing.includes('start') && !hasDays && hasClocks(bound.headings);
  const day = isOfDay ? dayOf(above) : undefined;
  const queue = mayMake('queue', 'queue') && missing.includes('queue') ? queueOf(above, kind) : undefined;
  const title = {
    ...(day === undefined ? {} : { date: day }),
    ...(queue === undefined ? {} : { queue }),
  };
  if (Object.keys(title).length === 0) return table;
  const made = Object.fromEntries(Object.entries(title).map(([field, always]) => [field, { always }]));
  return { ...withMade(table, made, undefined, at), title: { ...table.title, ...title } };
};

const aYear = /(?<!\d)20\d\d(?!\d)/g;
/** The month of a year: 2026年11月, 2026-11. */
const aMonth =
  /(?<=(?<!\d)20\d\d\s*年\s*)(?:0?[1-9]|1[0-2])(?=\s*月)|(?<=(?<!\d)20\d\d\s*[/.-]\s*)(?:0?[1-9]|1[0-2])(?=\s*月|\s|$)/g;
const namedIn = (above: readonly string[], what: RegExp): Set<string> =>
  new Set(above.flatMap((cell) => cell.normalize('NFKC').match(what) ?? []));
/** Lines above a table that say when or by whom it was made, and not of when it is. */
const ofMaking =
  /^(?:制表|填表|审核|复核|导出|打印|生成|printed|generated|exported|created|report (?:date|time))/i;

/** A report whose title names the year that its dates leave out: as if each had it. */
const withTitleYear = (table: OpenTable, kinds: readonly RecordKind[], options: FileKnowledge): OpenTable => {
  if (!table.head.some(({ cells }) => cells.some(lacksYear))) return table;
  for (const kind of kinds) {
    const { headingLine, headings, bindings } = bindColumns(table.head, kind, options);
    const at = table.head.findIndex(({ line }) => line === headingLine);
    if (at < 1 || bindings.size === 0) continue;
    const above = table.head
      .slice(0, at)
      .flatMap(({ cells }) => cells.filter((cell) => !ofMaking.test(cell.trim())));
    const [year, other] = namedIn(above, aYear);
    const [month, otherMonth] = namedIn(above, aMonth);
    const below = table.head.slice(at + 1);
    const columns = headings.flatMap((heading, column) => {
      const cells = below.map((row) => row.cells[column]?.trim() ?? '').filter((cell) => /^\d/.test(cell));
      if (!isTime(heading, kind, options) || cells.length === 0 || !cells.every(lacksYear)) return [];
      return [[column, monthIn(cells, otherMonth === undefined ? month : undefined)] as const];
    });
    if (year !== undefined && other === undefined && columns.length > 0)
      return withYear(table, at, new Map(columns), year);
  }
  return table;
};

/** Whether a heading may stand over times or dates. */
const isTime = (heading: string, kind: RecordKind, { map }: FileKnowledge): boolean => {
  const named = Object.entries(map?.columns ?? {}).flatMap(([field, columns]) =>
    [columns].flat().includes(heading) ? [field] : [],
  );
  return (
    datePartConfidence(heading, 'date') > 0 ||
    [...(meaningsOf(heading, kind)?.keys() ?? []), ...named].some((field) =>
      ['time', 'date'].includes(fieldSpec(kind, field)?.type ?? ''),
    )
  );
};

const hasClocks = (headings: readonly string[]): boolean =>
  headings.some((heading) => datePartConfidence(heading, 'clock') > 0) ||
  headings.filter((heading) => !Number.isNaN(clockMillis(heading.split(/[-~—–至到]/)[0] ?? ''))).length >=
    leastClocks;

/** The one day that the rows above a table name. */
const dayOf = (above: readonly SheetRow[]): string | undefined => {
  const days = new Set(
    above.flatMap(({ cells }) => cells.flatMap((cell) => cell.normalize('NFKC').match(aDate) ?? [])),
  );
  return days.size === 1 ? [...days][0] : undefined;
};

/** The queue that a row above a table names: its label and, behind a colon or in the next cell, its name. */
const queueOf = (above: readonly SheetRow[], kind: RecordKind): string | undefined => {
  const isQueue = (label: string): boolean => meaningsOf(label, kind)?.has('queue') === true;
  const found = above.flatMap(({ cells }) =>
    cells.flatMap((cell, i) => {
      const [, label = '', value = ''] = labelled.exec(cell.trim()) ?? [];
      return isQueue(label) ? [(value === '' ? (cells[i + 1] ?? '') : value).trim()] : [];
    }),
  );
  // a report of all queues is of none of them: it asks for the one that its rows go to
  const names = new Set(found.filter((name) => name !== '' && !allQueues.test(name)));
  return names.size === 1 ? [...names][0] : undefined;
};
