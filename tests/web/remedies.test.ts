import { strangersIn } from '../../src/render/documents/ingest-text.ts';
import { holdsNothing, rowCounts } from '../../src/web/data/ingest-report.tsx';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GuessDocument } from '../../src/contract/http/file-documents.ts';
import type { WorkspaceDocument } from '../../src/contract/http/workspace-document.ts';
import { defect, ProblemLedger } from '../../src/ingest/findings/problem-ledger.ts';
import { countOf } from '../../src/web/ui/states.tsx';
import { groupAlike } from '../../src/words/problems.ts';
import {
  firstHandling,
  firstReading,
  mapOfChoice,
  missingFields,
  queuesOffered,
} from '../../src/web/data/column-map.ts';
import {
  type Chosen,
  likeliestOf,
  likelyOrderOf,
  remediesOf,
  settledBy,
  withRemedy,
} from '../../src/web/data/remedies.ts';
import type { dataWords } from '../../src/words/settings-page-words.ts';
import { problemIn } from '../../src/words/problems.ts';
import { pageWord } from '../support/page-word.ts';

const guess: GuessDocument = {
  document: 'guess',
  file: 'a.csv',
  format: 'csv',
  encoding: 'UTF-8',
  kind: 'traffic',
  headingLine: 1,
  columns: ['队列', '开始', '来电', '处理'].map((name, i) => ({
    name,
    samples: [],
    field: ['queue', 'start', 'offered', 'handle_seconds_mean'][i] ?? null,
    unit: i === 3 ? 'seconds' : null,
    confidence: 1,
  })),
  fields: [],
  missing: [],
  map: {},
  preset: null,
  presets: [],
  intervalMinutes: 30,
  timeReadAs: null,
  queues: [],
  sheets: [],
  sheet: null,
  outcomes: [],
};
const needed = (field: string) => ({ field, required: true, duration: false });
const chosen: Chosen = { reading: firstReading, handling: firstHandling, guess, queues: [] };
const choice = {
  fields: [],
  units: [null, null, null, 'seconds'],
  queue: '',
  outcomes: {},
  zone: 'UTC',
} as const;

const speech = {
  say: (key: string, values: Record<string, string | number> = {}) =>
    key === 'list.comma' ? ', ' : pageWord(key as keyof typeof dataWords, 'en', values),
  tell: () => 'General',
};
const labels = (problems: Parameters<typeof remediesOf>[0], with_: Partial<Chosen> = {}): string[] =>
  remediesOf(problems, { ...chosen, ...with_ }).map(({ label }) => label(speech as never));

test('unknown hotlines are added by one button, and a Western file is read by the first of two', () => {
  const unknown = ['a', 'b', 'a'].map((value, i) => ({
    ...{ rule: 'unknown-hotline', severity: 'error', row: i + 2, value },
  })) as Parameters<typeof remediesOf>[0];
  expect(labels(unknown)).toEqual(['Add a, b to the list of hotlines', 'Leave out bad rows']);
  const [remedy] = remediesOf(unknown, chosen);
  expect(withRemedy(firstHandling, remedy!)).toMatchObject({ addHotlines: true });
  const western = {
    rule: 'encoding-not-told',
    severity: 'error',
    values: { likely: 'windows-1252' },
  } as const;
  expect(labels([western])).toEqual(['Read it as WINDOWS-1252', 'Read it as GB18030']);
});

test('each problem offers the choices that the page has for it', () => {
  const error = { severity: 'error' } as const;
  expect(labels([{ ...error, rule: 'ambiguous-date', row: 2 }])).toEqual([
    'Dates are day, month, year',
    'Dates are month, day, year',
    'Leave out bad rows',
  ]);
  expect(labels([{ ...error, rule: 'wrong-encoding' }])).toEqual([
    'Read it as GB18030',
    'Read it as BIG5',
    'Read it as WINDOWS-1252',
  ]);
  expect(labels([{ severity: 'warning', rule: 'absent-taken-as-gap' }])).toEqual([
    'Intervals without figures: Zero',
  ]);
  expect(
    labels([
      { severity: 'notice', rule: 'sheets-left-out', values: { sheets: { shown: ['A', 'B'], all: 2 } } },
    ]),
  ).toEqual(['Read sheet "A"', 'Read sheet "B"']);
  expect(
    labels([{ ...error, rule: 'missing-column', values: { field: 'queue' } }], {
      queues: [{ queue: 'general', name: { 'zh-CN': '综合', en: 'General' } }],
    }),
  ).toEqual(['It is all "General"']);
  // Where the calls are not found either, it is too early to say of which queue they are.
  const lacks = (field: string) => ({ ...error, rule: 'missing-column', values: { field } });
  const queues = [{ queue: 'general', name: { 'zh-CN': '综合', en: 'General' } }];
  expect(labels([lacks('queue'), lacks('offered')], { queues })).toEqual([]);
  expect(labels([{ ...error, rule: 'totals-not-days', values: { by: 'month' } }])).toEqual([
    "They are single days' calls",
  ]);
  // Headings that are figures, days or times are the first row of the data; one that begins with a figure is a heading.
  const headed = (name: string) => ({
    ...guess,
    columns: guess.columns.map((column, i) => (i === 2 ? { ...column, name } : column)),
  });
  for (const [name, bare] of [
    ...['20', '1,204', '12.5%', '2026-10-01', '2026年10月1日', '08:00-08:30'].map(
      (cell) => [cell, true] as const,
    ),
    ...['15秒内接听量', '20s answered', '95%接通率'].map((heading) => [heading, false] as const),
  ])
    expect(
      labels([{ ...error, rule: 'missing-column', values: { field: 'start' } }], { guess: headed(name) }),
      name,
    ).toEqual(bare ? ['There is no heading row'] : []);
  expect(labels([{ ...error, rule: 'a-rule-without-choices' }])).toEqual([]);
});

test('a doubted figure is in another unit, or true; the unit is set on its own column alone', () => {
  const doubt = {
    rule: 'unusual-handle-time',
    severity: 'error',
    values: {
      advice: { kind: 'other-unit', heading: '处理', field: 'handle_seconds_mean', unit: 'milliseconds' },
    },
  } as const;
  expect(labels([doubt])).toEqual(['"处理" is in milliseconds', 'These figures are correct']);
  const [unit, accept] = remediesOf([doubt], chosen);
  expect(unit?.choice?.(choice).units).toEqual([null, null, null, 'milliseconds']);
  const accepted = accept === undefined ? firstHandling : withRemedy(firstHandling, accept);
  expect(accepted.acceptUnusual).toBe(true);
  expect(labels([doubt], { handling: accepted })).toEqual(['"处理" is in milliseconds']);
});

test('what cells mean adds up over several remedies', () => {
  const near = (value: string) =>
    remediesOf(
      [{ rule: 'unknown-queue', severity: 'error', value, values: { near: ['general'] } }],
      chosen,
    )[0] ?? { label: () => '' };
  const both = withRemedy(withRemedy(firstHandling, near('综合类')), near('综和'));
  expect(both.cells).toEqual({ queue: { 综合类: 'general', 综和: 'general' } });
});

test('a queue name that is near to none may be any queue that the line has', () => {
  const unknown = (near: readonly string[]) =>
    labels([{ rule: 'unknown-queue', severity: 'error', row: 2, value: '市民热线', values: { near } }], {
      queues: [{ queue: 'citizens', name: { 'zh-CN': '市民', en: 'Citizens line' } }],
    });
  const adding = 'Add 市民热线 as a queue of this hotline';
  expect(unknown([])).toEqual(['"市民热线" is "General"', adding, 'Leave out bad rows']);
  expect(unknown(['citizens'])).toEqual(['"市民热线" is "citizens"', adding, 'Leave out bad rows']);
});

test('intervals whose rows were just left out are not offered as zero, and rows left out are counted once for all', () => {
  const absent = [{ rule: 'absent-taken-as-gap', severity: 'warning' }] as Parameters<typeof remediesOf>[0];
  expect(labels(absent)).toHaveLength(1);
  expect(labels(absent, { handling: { ...firstHandling, skipBadRows: true } })).toEqual([]);
  const file = {
    file: 'a.csv',
    encoding: '',
    rows: 1849,
    accepted: 1847,
    rejected: 1,
    duplicates: 0,
    dropped: 1,
  };
  expect(rowCounts({ files: [file, { ...file, rows: 2, accepted: 1, rejected: 0 }] })).toEqual({
    rows: 1851,
    accepted: 1848,
    rejected: 3,
    duplicates: 0,
  });
  const of = (accepted: number, duplicates = 0) =>
    holdsNothing({ files: [{ ...file, rows: 336, accepted, duplicates }] });
  expect([of(0), of(1), of(0, 336), holdsNothing({ files: [] })]).toEqual([true, false, false, false]);
});

test("a monitor's file of this line alone is all given to it by one press", () => {
  const own = { 'zh-CN': '示例市热线', en: 'Sample line' };
  const file = { ...guess, kind: 'monitoring' as const, columns: [], fields: [needed('hotline')] };
  const given = { ...choice, fields: [] };
  expect(missingFields(file, given)).toEqual(['hotline']);
  const lacks = [{ rule: 'missing-column', severity: 'error' as const, values: { field: 'hotline' } }];
  const [remedy, ...others] = remediesOf(lacks, { ...chosen, guess: file, own });
  expect(others).toEqual([]);
  const taken = remedy!.choice!(given);
  expect(missingFields(file, taken)).toEqual([]);
  expect(mapOfChoice(file, taken).constants).toEqual({ hotline: '' });
  expect(withRemedy(firstHandling, remedy!)).toMatchObject({ addHotlines: true });
  expect(labels(lacks, { guess: file, own })).toEqual(['It is all for this hotline (General)']);
});

test('what is alike is one problem, in as many rows as it was found, listed or only counted', () => {
  const rules = fc.constantFrom('unknown-outcome', 'negative', 'not-a-time', 'impossible-date');
  const met = fc.array(fc.tuple(rules, fc.nat(70)), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(met, (problems) => {
      const ledger = new ProblemLedger(false, 0);
      problems.forEach(([rule, value], row) =>
        ledger.rejectRow({ rule }, { file: 'a.csv', row, value: `v${value}` }, undefined),
      );
      const all = ledger.problems();
      const lines = groupAlike(all, 'en').filter(({ problem }) => problem.unlisted === undefined);
      const { length: n } = lines;
      expect(countOf({ problems: all })).toEqual({ n, rows: problems.length > n ? problems.length : 0 });
    }),
    { numRuns: 100 },
  );
});

test("a line's own queues are offered, and none of the demo that they took the place of", () => {
  const name = (said: string) => ({ 'zh-CN': said, en: said });
  const demo = [{ queue: 'housing-fund', name: name('Housing fund') }];
  const row = { queue: 'Council Tax', firstDate: '', lastDate: '', intervalMinutes: 30, rows: 1 };
  const workspace = {
    hotline: { queues: demo },
    traffic: [row],
    madeUp: false,
  } as never as WorkspaceDocument;
  const { likely, all } = queuesOffered(workspace);
  expect([likely, all].map((each) => each.map(({ queue }) => queue))).toEqual([
    ['Council Tax'],
    ['Council Tax', 'housing-fund'],
  ]);
  expect(queuesOffered({ ...workspace, madeUp: true }).likely).toEqual(demo);
  const unknown = { rule: 'unknown-queue', severity: 'error' as const, row: 2, value: 'Housing' };
  const found = remediesOf([{ ...unknown, values: { near: ['housing-fund'] } }], {
    ...chosen,
    queues: likely,
  });
  expect(withRemedy(firstHandling, found[0]!).cells).toEqual({ queue: { Housing: 'Council Tax' } });
});

test('a column that the scorecard does not know is left out, and then no longer guessed', () => {
  const monitored = { ...guess, kind: 'monitoring' as const };
  const found = [{ rule: 'unknown-indicator', severity: 'error' as const, row: 1, column: '来电' }];
  const [leave] = remediesOf(found, { ...chosen, guess: monitored });
  const left = leave?.choice?.({ ...choice, fields: ['queue', 'start', 'indicator:来电', null] });
  expect(left?.fields).toEqual(['queue', 'start', null, null]);
  expect(mapOfChoice(monitored, left ?? choice)).toMatchObject({ others: 'leave' });
  const said = problemIn(
    { ...found[0], values: { indicators: ['a'], inFile: true } } as never,
    'zh-CN',
    'page',
  );
  expect(JSON.stringify(said)).not.toContain('映射文件');
});

test('what is most likely meant is taken without a question; what contradicts itself or cannot be is asked', () => {
  const queues = [{ queue: 'citizens', name: { 'zh-CN': '市民', en: 'Citizens line' } }];
  const own = { 'zh-CN': '示例市热线', en: 'Sample line' };
  const taken = (
    problem: Omit<Parameters<typeof remediesOf>[0][number], 'severity'>,
    with_: Partial<Chosen> = {},
    declined: readonly string[] = [],
  ) => {
    const said = (remedy: { label: (speech: never) => string }): string => remedy.label(speech as never);
    const found = likeliestOf(
      [{ ...problem, severity: 'error' }],
      { ...chosen, queues, own, likelyOrder: 'dmy', ...with_ },
      (remedy) => declined.includes(said(remedy)),
    );
    return found === undefined ? undefined : [said(found.remedy), found.others.map(said)];
  };
  const missing = (field: string) => ({ rule: 'missing-column', values: { field } });
  const unknown = (near: readonly string[]) => ({
    rule: 'unknown-queue',
    row: 2,
    value: '市民热线',
    values: { near },
  });
  const adding = 'Add 市民热线 as a queue of this hotline';
  expect(taken({ rule: 'ambiguous-date', row: 2 })).toEqual([
    'Dates are day, month, year',
    ['Dates are month, day, year'],
  ]);
  expect(taken(missing('hotline'))).toEqual(['It is all for this hotline (General)', []]);
  expect(taken(missing('queue'))).toEqual(['It is all "General"', []]);
  expect(taken(missing('queue'), { queues: [...queues, ...queues] })).toBeUndefined();
  expect(taken(missing('offered'))).toBeUndefined();
  expect(taken(unknown(['citizens']))?.[0]).toBe('"市民热线" is "citizens"');
  expect(taken(unknown(['a', 'b']), { queues: [] })).toBeUndefined();
  expect(taken(unknown([]))?.[0]).toBe(adding);
  // What was said not to be so is not taken again.
  expect(taken(unknown([]), {}, [adding])).toBeUndefined();
  expect(taken({ rule: 'unknown-hotline', row: 2, value: 'Easton' })?.[0]).toBe(
    'Add Easton to the list of hotlines',
  );
  for (const asked of [
    'unusual-handle-time',
    'parts-above-whole',
    'missing-value',
    'interval-unknown',
    'not-a-duration',
  ])
    expect(
      taken({
        rule: asked,
        row: 2,
        value: '5',
        values: {
          advice: { kind: 'other-unit', heading: '处理', unit: 'minutes' },
          field: 'offered',
          summed: true,
        },
      }),
    ).toBeUndefined();
  // A warning keeps no file from being imported: nothing is changed for it.
  expect(
    likeliestOf(
      [{ rule: 'ambiguous-date', severity: 'warning' }],
      { ...chosen, likelyOrder: 'dmy' },
      () => false,
    ),
  ).toBeUndefined();
});

test('days are written as in the files beside, else as where the line is', () => {
  expect(likelyOrderOf([undefined, 'mdy'], 'Europe/London')).toBe('mdy');
  expect(likelyOrderOf([undefined], 'Europe/London')).toBe('dmy');
  expect(likelyOrderOf([], 'America/New_York')).toBe('mdy');
});

test('a file that is read in another way has its columns guessed anew; what was said of its rows stays', () => {
  const before = { reading: firstReading, handling: firstHandling, choice: undefined };
  const said = settledBy(
    before,
    { label: () => '', handling: { addQueues: true }, choice: (c) => ({ ...c, queue: 'a' }) },
    choice,
  );
  expect(said).toMatchObject({ handling: { addQueues: true }, choice: { queue: 'a' } });
  const read = settledBy(said, { label: () => '', reading: { noHeadings: true } }, choice);
  expect(read).toMatchObject({
    reading: { noHeadings: true },
    handling: { addQueues: true },
    choice: undefined,
  });
});

test('rows of people whom nobody knows are counted each, and lessen no other count', () => {
  const ledger = new ProblemLedger(true, 10);
  const stranger = (value: string): void => ledger.warn(defect('operator-not-on-books'), { value });
  for (let row = 0; row < 100; row += 1) stranger('A999');
  stranger('A998');
  const few = { problems: ledger.problems() };
  expect(strangersIn(few)).toEqual({ rows: 101, names: ['A999', 'A998'], more: 0 });
  for (let other = 0; other < 60; other += 1) stranger(`B${other}`);
  expect(strangersIn({ problems: ledger.problems() })).toMatchObject({ rows: 161, more: 38 });
  // ten rows that are the same: one is taken, nine are its duplicates, and all name somebody unknown
  const files = [
    { file: 'leave.csv', encoding: '', rows: 10, accepted: 1, rejected: 0, duplicates: 9, dropped: 0 },
  ];
  const report = { files };
  expect(rowCounts(report)).toEqual({ rows: 10, accepted: 1, rejected: 0, duplicates: 9 });
  const all = { files: files.map((file) => ({ ...file, accepted: 10, duplicates: 0 })) };
  expect(holdsNothing(all)).toBe(false);
});
