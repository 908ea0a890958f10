import { isOfBatch } from '../../src/web/data/corrections.tsx';
import { choicesOf } from '../../src/web/data/feed-queues.tsx';
import { momentIn } from '../../src/web/data/feeds-view.tsx';
import { emptyOverview, lineLabels, linesWithWork } from '../../src/render/line-overview.ts';
import { linesText } from '../../src/render/lines-text.ts';
import { figuresOf } from '../../src/words/figures.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GuessDocument } from '../../src/contract/http/file-documents.ts';
import { wholeWeeks } from '../../src/web/compare/compare-page.tsx';
import {
  firstChoice,
  knownAfter,
  mapOfChoice,
  missingFields,
  outcomeValues,
  withKnown,
} from '../../src/web/data/column-map.ts';

import { brokenName, waterfall } from '../../src/web/compare/compare-view.tsx';
import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { moveSpan } from '../../src/web/divert/prompt-track.tsx';
import {
  fileOfUnreadable,
  freeName,
  importScenarios,
  keepScenarios,
  readScenarios,
  withScenario,
} from '../../src/web/divert/scenario-panel.tsx';
import { spanMinutes } from '../../src/kernel/time-window.ts';
import {
  asFraction,
  clockChoices,
  doubtOf,
  presenceOfRows,
  rowsOfPresence,
  toRequest,
} from '../../src/web/plan/targets-drawer.tsx';
import { toOverrule } from '../../src/web/overrules/overrule-dialog.tsx';
import { planBefore } from '../../src/contract/plan-states.ts';
import { sorted } from '../../src/web/ui/plain-table.tsx';
import { formatOf } from '../../src/web/words/words.tsx';
import { placeOf } from '../../src/web/ui/use-place.ts';
import type { Problem } from '../../src/kernel/errors.ts';
import type { Language } from '../../src/kernel/text.ts';
import { describeProblem } from '../../src/words/problems.ts';
import { languageOf, withMinus } from '../../src/web/words/words.tsx';

const inLines = (problems: readonly Problem[], language: Language): string =>
  problems.map((problem) => describeProblem(problem, language, 'page')).join();

test('the language is the address’s, the one chosen last, then the browser’s, then Chinese', () => {
  expect(languageOf('en', 'zh-CN', ['zh'])).toBe('en');
  expect(languageOf(null, 'zh-CN', ['en-GB'])).toBe('zh-CN');
  expect(languageOf(null, null, ['fr', 'en-GB', 'zh-CN'])).toBe('en');
  expect(languageOf(null, null, ['zh-TW'])).toBe('zh-CN');
  expect(languageOf(null, null, [])).toBe('zh-CN');
});

test('twenty percent more is entered as +20', () => {
  const wish = {
    queue: '',
    date: '2026-11-24',
    way: 'factor',
    amount: 20,
    reason: ' marathon ',
  } as const;
  expect(toOverrule(wish)).toMatchObject({ queue: null, factor: 1.2, calls: null, reason: 'marathon' });
  // At a desk without accounts a name is welcome, and none is asked for.
  expect([toOverrule(wish).author, toOverrule(wish, ' A ').author]).toEqual(['–', 'A']);
  expect(toOverrule({ ...wish, amount: -15 }).factor).toBe(0.85);
  expect(toOverrule({ ...wish, way: 'calls', amount: 900 })).toMatchObject({ factor: null, calls: 900 });
});

test('a table sorts by what a column says, figures that are missing last both ways', () => {
  const rows = [{ n: 2 }, { n: null }, { n: 10 }];
  expect(sorted(rows, ({ n }) => n, false).map(({ n }) => n)).toEqual([2, 10, null]);
  expect(sorted(rows, ({ n }) => n, true).map(({ n }) => n)).toEqual([10, 2, null]);
});

test('the plan before is the same week’s last one made earlier, whatever the list’s order, and no what-if', () => {
  const plans = [
    { id: 'c', week: 'w', createdAt: '3' },
    { id: 'a', week: 'w', createdAt: '1' },
    { id: 'x', week: 'v', createdAt: '2' },
    { id: 'b', week: 'w', createdAt: '2' },
    { id: '2026-W48-what-if-1234', week: 'w', createdAt: '2.5' },
  ];
  expect([planBefore(plans, 'c'), planBefore(plans, 'a'), planBefore(plans, 'zz')]).toEqual([
    'b',
    undefined,
    undefined,
  ]);
});

describe('moveSpan', () => {
  const spans = fc
    .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 48 }))
    .filter(([a, b]) => a < b)
    .map(([a, b]) => ({ from: a * 30, to: b * 30 }));
  test('keeps within the day, to whole steps, at least one step long', () => {
    fc.assert(
      fc.property(
        spans,
        fc.constantFrom('whole' as const, 'start' as const, 'end' as const),
        fc.integer({ min: -2000, max: 2000 }),
        (span, grip, by) => {
          const moved = moveSpan(span, grip, by, 30);
          expect(moved.from).toBeGreaterThanOrEqual(0);
          expect(moved.to).toBeLessThanOrEqual(1440);
          expect(moved.to - moved.from).toBeGreaterThanOrEqual(30);
          expect(moved.from % 30).toBe(0);
          expect(moved.to % 30).toBe(0);
          if (grip === 'whole') expect(moved.to - moved.from).toBe(span.to - span.from);
        },
      ),
    );
  });
  test('moves by what it was dragged', () => {
    expect(moveSpan({ from: 540, to: 660 }, 'whole', 61, 30)).toEqual({ from: 600, to: 720 });
    expect(moveSpan({ from: 540, to: 660 }, 'end', -200, 30)).toEqual({ from: 540, to: 570 });
  });
});

describe('scenarios', () => {
  const [first] = [{ scenario: 'a' }].map((given) => {
    const read = importScenarios(JSON.stringify(given));
    return 'scenarios' in read ? read.scenarios[0] : undefined;
  });
  test('one or a list comes in with defaults filled; survives storage', () => {
    expect(first).toMatchObject({ scenario: 'a', callsFactor: 1, takeUpFactor: 1 });
    const stored = new Map<string, string>();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    if (first === undefined) throw new Error('not read');
    keepScenarios(storage, { scenarios: [first], unreadable: [] });
    expect(readScenarios(storage)).toEqual({ scenarios: [first], unreadable: [] });
  });
  describe('that cannot be read', () => {
    const bad = { scenario: 'tomorrow', callsFactor: -1 };
    const holding = (stored: string) => {
      const kept = new Map([['huawu-scenarios', stored]]);
      return {
        kept,
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      };
    };
    test('leave the sound ones as they are, and are told with their name and what is wrong', () => {
      const read = readScenarios(holding(JSON.stringify([{ scenario: 'a' }, bad, { scenario: 'b' }, 7])));
      expect(read.scenarios.map(({ scenario }) => scenario)).toEqual(['a', 'b']);
      expect(read.unreadable.map(({ name }) => name)).toEqual(['tomorrow', undefined]);
      expect(inLines(read.unreadable[0]?.issues ?? [], 'en')).toMatch(/^callsFactor: .*found "-1"/);
      expect(inLines(read.unreadable[0]?.issues ?? [], 'zh-CN')).toMatch(/^callsFactor：[一-龥]/);
    });
    test('stay in the browser when others are kept, and go out as they came in', () => {
      const storage = holding(JSON.stringify([bad, { scenario: 'a' }]));
      const read = readScenarios(storage);
      if (first === undefined) throw new Error('not read');
      keepScenarios(storage, {
        ...read,
        scenarios: withScenario(read.scenarios, { ...first, scenario: 'c' }),
      });
      const again = readScenarios(storage);
      expect(again.scenarios.map(({ scenario }) => scenario)).toEqual(['a', 'c']);
      expect(again.unreadable).toEqual(read.unreadable);
      expect(again.unreadable.map((entry) => JSON.parse(fileOfUnreadable(entry)) as object)).toEqual([bad]);
      keepScenarios(storage, { ...again, unreadable: [] });
      expect(JSON.parse(storage.kept.get('huawu-scenarios') ?? '')).toHaveLength(2);
    });
    test('may be no JSON at all: the text is not lost either', () => {
      const storage = holding('[{"scenario":"a"');
      const read = readScenarios(storage);
      expect(read.scenarios).toEqual([]);
      expect(read.unreadable.map(fileOfUnreadable)).toEqual(['[{"scenario":"a"']);
      keepScenarios(storage, read);
      expect(readScenarios(storage)).toEqual(read);
    });
  });
  test('every issue of a wrong one is told with its path', () => {
    const read = importScenarios('[{"scenario":"a","callsFactor":-1,"odd":1}]');
    const told = 'issues' in read ? read.issues : [];
    expect(inLines(told, 'en')).toMatch(/0\.callsFactor.*odd/s);
    expect(inLines(told, 'zh-CN')).toMatch(/0\.callsFactor：[一-龥]/);
    expect(inLines(told, 'zh-CN')).not.toMatch(/Too small|Unrecognized/);
    expect('issues' in importScenarios('{')).toBe(true);
  });
  test('the same name replaces, the oldest gives way', () => {
    if (first === undefined) throw new Error('not read');
    const many = Array.from({ length: 15 }, (_, i) => ({ ...first, scenario: String(i % 14) })).reduce(
      withScenario,
      [] as (typeof first)[],
    );
    expect(many.map((each) => each.scenario)).toEqual([
      ...Array.from({ length: 11 }, (_, i) => String(i + 3)),
      '0',
    ]);
    expect(freeName(many, '5')).toBe('5 (2)');
    expect(freeName([...many, { ...first, scenario: '5 (2)' }], '5 (2)')).toBe('5 (3)');
    expect(freeName(many, 'new')).toBe('new');
    expect(many).toHaveLength(12);
  });
});

describe('hours with more present', () => {
  const targets = targetsSchema.parse({
    connectionRate: 0.9,
    serviceLevel: 0.8,
    rollingConnectionRate: 0.95,
    occupancyMax: 0.85,
    confidence: 0.8,
    minimumOperators: 2,
    minimumPresence: [{ from: '22:10', to: '07:00', operators: 4, weekdays: [6, 7] }],
  });
  const wish = {
    connectionRate: 90,
    serviceLevel: 80,
    rollingConnectionRate: 95,
    occupancyMax: 85,
    confidence: 80,
    minimumOperators: 2,
  };
  test('come back from the form as they went into it', () => {
    const same = toRequest({ ...wish, minimumPresence: rowsOfPresence(targets) }, targets);
    expect(same).toEqual({ targets });
  });
  test('are asked for as they are written: all of a week is every day, none is none', () => {
    expect(
      presenceOfRows([
        { from: '22:00', to: '24:00', weekdays: [7, 5], operators: 5 },
        { from: '00:00', to: '06:00', weekdays: [1, 2, 3, 4, 5, 6, 7], operators: 3 },
        { from: '08:00', to: '09:00', operators: null },
      ]),
    ).toEqual({
      minimumPresence: [
        { from: '22:00', to: '24:00', weekdays: [5, 7], operators: 5 },
        { from: '00:00', to: '06:00', operators: 3 },
      ],
    });
    const none = toRequest({ ...wish, minimumPresence: [] }, targets).targets;
    expect(none).not.toHaveProperty('minimumPresence');
    expect(none).toMatchObject({ rollingConnectionRate: 0.95, minimumOperators: 2 });
    expect(() => targetsSchema.parse(none)).not.toThrow();
  });
  test('doubts are told: a whole day, or no more than at all times', () => {
    expect(doubtOf({ from: '08:00', to: '08:00', operators: 9 }, 2)).toBe('whole-day');
    expect(doubtOf({ from: '22:00', to: '07:00', operators: 2 }, 2)).toBe('no-more');
    expect(doubtOf({ from: '22:00', to: '07:00', operators: 3 }, 2)).toBeUndefined();
  });
  test('offer half-hours and what the file says, midnight as an end only', () => {
    expect(clockChoices(false, ['22:10'])).toContain('22:10');
    expect(clockChoices(false, [])).not.toContain('24:00');
    expect(clockChoices(true, [undefined]).at(-1)).toBe('24:00');
  });
});

describe('columns of a dropped file', () => {
  const guess: GuessDocument = {
    document: 'guess',
    preset: null,
    presets: [],
    file: 'a.csv',
    format: 'csv',
    encoding: 'gb18030',
    kind: 'traffic',
    headingLine: 1,
    columns: ['日期', '时间', '来电', '备注'].map((name, i) => ({
      name,
      samples: [],
      field: ['start', 'start', 'offered', null][i] ?? null,
      unit: null,
      confidence: 1,
    })),
    fields: [
      { field: 'queue', required: true, duration: false },
      { field: 'start', required: true, duration: false },
      { field: 'offered', required: true, duration: false },
    ],
    missing: ['queue'],
    map: { columns: {}, dateOrder: 'ymd', units: { handle_seconds: 'minutes' } },
    intervalMinutes: 30,
    timeReadAs: null,
    queues: [],
    sheets: [],
    sheet: null,
    outcomes: [],
  };
  test('results of calls are settled without a map file, those met later too', () => {
    const calls: GuessDocument = {
      ...guess,
      columns: [{ name: '结果', samples: [], field: 'outcome', unit: null, confidence: 1 }],
      outcomes: [
        { value: '接通', outcome: 'answered' },
        { value: '转信箱', outcome: null },
      ],
    };
    const first = firstChoice(calls, 'UTC');
    expect(outcomeValues(calls, [{ rule: 'unknown-outcome', value: '测试' }, { rule: 'other' }])).toEqual([
      '接通',
      '转信箱',
      '测试',
    ]);
    const settled = { ...first, outcomes: { ...first.outcomes, 转信箱: 'abandoned', 测试: '' } };
    // Said once of a heading, it holds for the next file that has it, and for no other.
    const known = knownAfter({}, calls, settled);
    expect(withKnown(first, calls, known).outcomes).toEqual(settled.outcomes);
    const [column] = calls.columns;
    const other = { ...calls, columns: column === undefined ? [] : [{ ...column, name: '状态' }] };
    expect(withKnown(first, other, known).outcomes).toEqual(first.outcomes);
    expect(mapOfChoice(calls, settled)).toMatchObject({
      values: { outcome: { 接通: 'answered', 转信箱: 'abandoned', 测试: null } },
    });
  });
  test('calls asked for follow from answered and abandoned', () => {
    const choice = { ...firstChoice(guess, 'UTC'), queue: 'general' };
    const fields = ['start', null, 'answered', 'abandoned'];
    expect(missingFields(guess, { ...choice, fields })).toEqual([]);
    expect(missingFields(guess, { ...choice, fields: ['start', null, 'answered', null] })).toEqual([
      'offered',
    ]);
  });
  test('become a map file; two columns of one field are joined', () => {
    const choice = { ...firstChoice(guess, 'Asia/Shanghai'), queue: 'general' };
    expect(mapOfChoice(guess, choice)).toEqual({
      columns: { start: ['日期', '时间'], offered: '来电' },
      constants: { queue: 'general' },
      values: {},
      units: {},
      dateOrder: 'ymd',
    });
    expect(missingFields(guess, choice)).toEqual([]);
  });
  test('units are those that were chosen, and seconds are said too', () => {
    const timed: GuessDocument = {
      ...guess,
      columns: [
        {
          name: 'Avg Handle',
          samples: [],
          field: 'handle_seconds_mean',
          unit: 'milliseconds',
          confidence: 1,
        },
        { name: 'Avg Wait', samples: [], field: 'wait_seconds_mean', unit: 'milliseconds', confidence: 1 },
      ],
      fields: [
        { field: 'handle_seconds_mean', required: false, duration: true },
        { field: 'wait_seconds_mean', required: false, duration: true },
      ],
    };
    const choice = firstChoice(timed, 'UTC');
    expect(mapOfChoice(timed, { ...choice, units: ['milliseconds', 'seconds'] })).toMatchObject({
      units: { handle_seconds_mean: 'milliseconds', wait_seconds_mean: 'seconds' },
    });
  });
  test('dates, lengths of intervals and cells that were explained stand in the map file', () => {
    const cells = { queue: { 综合类: 'general' }, offered: { '': 0 }, answered: { '': 0 } };
    const handling = { dateOrder: 'dmy', intervalMinutes: 15, cells } as const;
    const choice = { ...firstChoice(guess, 'UTC'), queue: 'general' };
    expect(mapOfChoice(guess, choice, handling)).toMatchObject({
      dateOrder: 'dmy',
      constants: { queue: 'general', interval_minutes: 15 },
      values: { offered: { '': 0 } },
    });
    // Only of columns that are used: the file has neither of the two.
    expect(Object.keys(mapOfChoice(guess, choice, handling).values as object)).toEqual(['offered']);
  });
  test('what is required and not given is named', () => {
    const choice = firstChoice(guess, 'UTC');
    expect(missingFields(guess, choice)).toEqual(['queue']);
    expect(missingFields(guess, { ...choice, fields: [null, null, null, null] })).toEqual([
      'queue',
      'start',
      'offered',
    ]);
  });
});

test('figures follow the language, and nothing stands for no base', () => {
  expect(formatOf('en').percent(0.9512)).toBe('95.1%');
  expect(formatOf('zh-CN').count(12_345.6)).toBe('12,346');
  expect([formatOf('en').count(-0.4), formatOf('zh-CN').decimal(-0.04)]).toEqual(['0', '0.0']);
  expect(formatOf('en').points(-0.0123, 2)).toBe('−1.23');
  expect(formatOf('en').percent(null)).toBe('–');
  expect(formatOf('en').count(Number.NaN)).toBe('–');
  expect(formatOf('zh-CN').day('2026-11-23')).toContain('周一');
});

test('places, shifts, percent, waterfall, weeks', () => {
  expect(placeOf('#/divert?plan=x').page).toBe('divert');
  expect(placeOf('#/divert?plan=x').params.get('plan')).toBe('x');
  expect(placeOf('#/nowhere').page).toBe('plan');
  expect(spanMinutes('22:00', '06:00')).toEqual([1320, 1800]);
  expect(spanMinutes('08:00', '17:00')).toEqual([480, 1020]);
  expect(asFraction(95.3)).toBe(0.953);
  expect(waterfall(0.9, [0.02, -0.05])).toEqual([
    [0.9, 0.92],
    [0.92, 0.87],
  ]);
  expect(wholeWeeks('2026-11-03', '2026-11-22')).toEqual(['2026-W47', '2026-W46']);
});

test('a name is broken at blanks and between Chinese characters, to the room there is', () => {
  expect(brokenName('Model error and the rest', 14)).toEqual(['Model error', 'and the rest']);
  expect(brokenName('模型误差及其他', 8)).toEqual(['模型误差', '及其他']);
  expect(brokenName('来电量', 20)).toEqual(['来电量']);
});

test('a minus in a sentence is one, a hyphen stays', () => {
  expect(withMinus('differs by -1.15 points (-1.79), -5 % to -2 %')).toBe(
    'differs by −1.15 points (−1.79), −5 % to −2 %',
  );
  expect(withMinus('客服-2 少 3 人，占用率变动-5%')).toBe('客服-2 少 3 人，占用率变动−5%');
  expect(withMinus('相差-1.15 个百分点，（-0.4）')).toBe('相差−1.15 个百分点，（−0.4）');
  const kept = '2026-11-24, W48-1, line-002, huawu bands --plan 1-2, x--5';
  expect(withMinus(kept)).toBe(kept);
});

test('a moment of a feed stands in the zone of the line, with its day', () => {
  const moment = momentIn('Asia/Shanghai', figuresOf('en'));
  expect(moment('2026-11-29T18:01:00Z')).toMatch(/^Mon,? 30 Nov 02:01$/);
});

test('lines of one name are told apart by their folders, and an empty home of others is no line', () => {
  const entry = (line: string, name: string, lastDate: string | null) => ({
    line,
    home: line === 'main',
    name: { 'zh-CN': name, en: name },
    role: null,
    overview: {
      ...emptyOverview,
      name: { 'zh-CN': name, en: name },
      madeUp: false,
      computedAt: '',
      restsOn: '',
      lastDate,
    },
  });
  const all = [
    entry('main', 'My hotline', null),
    entry('east', 'My hotline', '2026-11-29'),
    entry('west', 'My hotline', null),
    entry('north', 'Water', '2026-11-29'),
  ];
  const shown = linesWithWork(all);
  expect([...lineLabels(shown, 'en').values()]).toEqual(['My hotline · east', 'My hotline · west', 'Water']);
  expect(linesWithWork(all.slice(0, 1))).toHaveLength(1);
  expect(linesWithWork([entry('main', 'A', '2026-11-29'), all[1]!])).toHaveLength(2);
  expect(linesText(all, 'en')).not.toContain('main');
});

test('a moment is told in the zone of the hotline, wherever the reader is', () => {
  const [list, sheet] = [formatOf('zh-CN', 'Asia/Shanghai'), figuresOf('zh-CN')];
  const moment = '2026-11-30T23:41:00Z';
  expect(list.instant(moment)).toBe('2026/12/1 07:41');
  expect(list.instant(moment)).toBe(sheet.instant(moment, 'Asia/Shanghai'));
});

test('queues of a feed are those that it has; the hotline’s own that nothing came for are not said to be its', () => {
  const choices = choicesOf({
    queues: { general: 'general', welfare: 'welfare', 1501: 'general', out: null, x: 'tax' },
    unknownQueues: [
      { queue: 'new', count: 7 },
      { queue: 'x', count: 3 },
    ],
    brings: ['general', 'welfare', 'tax', 'own'],
    came: ['general', 'own'],
  });
  expect(choices).toEqual([
    { queue: 'new', count: 7, as: null },
    { queue: '1501', count: 0, as: 'general' },
    { queue: 'general', count: 0, as: 'general' },
    { queue: 'out', count: 0, as: '' },
    { queue: 'x', count: 0, as: 'tax' },
    { queue: 'own', count: 0, as: 'own' },
  ]);
});

test('what a trial says of one file alone is not said where files beside it settle it', () => {
  const beside = { awaitsPeople: false, awaited: ['综合咨询'] };
  const skills = (...said: readonly string[]) => ({ rule: 'skills-name-no-queue', values: { said } });
  expect(isOfBatch(skills('综合咨询'), beside)).toBe(true);
  expect(isOfBatch(skills('综合咨询', 'english'), beside)).toBe(false);
  expect(isOfBatch({ rule: 'history-too-short' }, beside)).toBe(true);
  expect(isOfBatch({ rule: 'history-too-short' }, { ...beside, awaited: [] })).toBe(false);
  expect(isOfBatch({ rule: 'operator-not-on-books' }, { ...beside, awaitsPeople: true })).toBe(true);
});
