import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { joinFindings, type Finding } from '../../src/kernel/finding.ts';
import { text } from '../support/text.ts';
import { problemDetailsOf } from '../../src/http/problem-details.ts';
import { dayFinding } from '../../src/intraday/day-findings.ts';
import { askedTooLong } from '../../src/jobs/job-queue.ts';
import { monitoringFinding } from '../../src/monitoring/monitoring-findings.ts';
import { sentences, speak } from '../../src/words/speak.ts';
import {
  describeProblem,
  jsonWithSentences,
  problemSentences,
  sayProblem,
  withSentences,
} from '../../src/words/problems.ts';

const english = speak('en', 'terminal');
const chinese = speak('zh-CN', 'terminal');

describe('a finding is said', () => {
  test('in each language, with its figures written as the language writes them', () => {
    const left = monitoringFinding('number-of-test-calls-assumed', { hotlines: 1, testCalls: 11 });
    expect(english.say(left)).toBe('1 hotline came without a number of test calls: 11 are assumed.');
    expect(chinese.say(left)).toBe('1 条热线的结果没有拨测次数，按 11 次计。');
  });

  test('changes that are found alike are told once', () => {
    const steps = [1.15, 1.2, 1.3].map((factor) => ({
      kind: 'more-calls' as const,
      factor,
      minutes: factor < 1.25 ? null : 60,
    }));
    const said = dayFinding('day-found-within', { steps });
    expect(english.say(said)).toContain('by 15%, 20% not reliably within the day, 30% within an hour.');
    expect(chinese.say(said)).toContain('来电增多 15%、20% 当天未必发现、30% 在 1 小时内。');
  });

  test('lost calls and what became of them count calls in both languages', () => {
    const queues = [{ calls: 130, calledAgain: 89, willCallAgain: 1, toCall: 40 }];
    const said = dayFinding('day-lost-callers', { queues, within: 0 });
    expect(english.say(said)).toBe(
      '130 calls were lost so far today: 89 have been redialled since, about 1 is still expected to be, and 40 are left to be called back.',
    );
    expect(chinese.say(said)).toBe(
      '今天目前未接通 130 通：89 通此后已重拨，预计还有约 1 通会重拨，其余 40 通需回拨。',
    );
  });

  test.each([
    [20_000, 'after 20 seconds', '超过 20 秒'],
    [90_000, 'after 90 seconds', '超过 90 秒'],
    [15 * 60_000, 'after 15 minutes', '超过 15 分钟'],
  ])('work stopped after %s ms, in seconds or minutes', (millis, en, zh) => {
    const { text: said } = problemDetailsOf(askedTooLong(millis), 'en');
    expect(said).toMatchObject({
      en: expect.stringContaining(en) as string,
      'zh-CN': expect.stringContaining(zh) as string,
    });
  });

  test('with findings within it', () => {
    const two = joinFindings([
      monitoringFinding('single-hotline'),
      monitoringFinding('hotlines-left-out', { hotlines: 2 }),
    ]);
    expect(english.say(two)).toMatch(/published in 2019\. 2 hotlines without/);
    expect(chinese.say(two)).toMatch(/参照。2 条热线/);
  });

  test('as it stands where it is a sentence of an earlier version', () => {
    expect(english.say({ 'zh-CN': '旧句', en: 'An old sentence' })).toBe('An old sentence');
  });

  test('of a plan of an earlier version, without the dates that it does not tell', () => {
    const stored = { code: 'days-of-outage', values: { days: 1 } };
    expect(chinese.say(stored)).toBe('1 天疑似系统中断（有时段不可能为零），按缺失处理');
    expect(english.say(stored)).toBe(
      '1 day looks like an outage (zeros where calls must have come); treated as gaps',
    );
  });

  test('by the sentences sent along where its code is of a newer version', () => {
    const newer = { code: 'of-tomorrow', values: {}, 'zh-CN': '新句', en: 'A new sentence' };
    expect(chinese.say(newer)).toBe('新句');
  });

  const noWords = 'a note from another version, which this one cannot show';

  test('by its code where this version has no words for it, or not with such values', () => {
    expect(english.say({ code: 'of-tomorrow', values: {} })).toBe(`${noWords} (of-tomorrow)`);
    expect(chinese.say({ code: 'of-tomorrow', values: {} })).toContain('出自其他版本');
    // A list, a figure, a name and all values that are not there.
    for (const stored of [
      { code: 'number-of-test-calls-assumed', values: { hotlines: 1 } },
      { code: 'number-of-test-calls-assumed', values: {} },
      { code: 'several', values: {} },
      { code: 'several' },
    ] as Finding[]) {
      expect(english.say(stored)).toBe(`${noWords} (${stored.code})`);
      expect(chinese.say(stored)).toContain(`（${stored.code}）`);
    }
    expect(english.say(joinFindings([text('undefined', 'NaN')]))).toBe('NaN');
  });

  test('by the sentences sent along where this version reads other values', () => {
    const changed = { code: 'several', values: {}, 'zh-CN': '几句', en: 'Some' };
    expect(english.say(changed)).toBe('Some');
  });
});

test('a problem that brings its own words, under the rule of another, is said by them', () => {
  const own = { 'zh-CN': '自己的话', en: 'own words' };
  const problem = { rule: 'unknown-name', severity: 'error', message: own, remedy: own } as const;
  expect(sayProblem(problem, 'program')).toMatchObject({ message: own, remedy: own });
});

describe('a document going out', () => {
  const series = Float64Array.of(1, 2);
  const document = {
    rates: [0.5, 0.6],
    series,
    notices: [monitoringFinding('single-hotline')],
    problems: [{ rule: 'score-off-scale', severity: 'error', value: '101' }],
  };

  test('has code, values and both sentences of every finding, message and remedy of every problem', () => {
    const { notices, problems } = JSON.parse(jsonWithSentences(document, 'program')) as {
      notices: (Finding & Record<string, string>)[];
      problems: Record<string, unknown>[];
    };
    expect(notices[0]).toMatchObject({ code: 'single-hotline', values: {} });
    expect(notices[0]?.['zh-CN']).toContain('只有一条热线');
    expect(notices[0]?.['en']).toContain('A single hotline');
    expect(problems[0]).toMatchObject({ remedy: { en: 'convert it to a scale of 0–100' } });
  });

  test('hands on what holds nothing to say, uncopied', () => {
    const out = withSentences(document, 'program');
    expect(out.rates).toBe(document.rates);
    expect(out.series).toBe(series);
    const silent = { plan: { days: [{ date: '2026-11-23', calls: 5 }] } };
    expect(withSentences(silent, 'program')).toBe(silent);
  });
});

describe('a problem is said', () => {
  test('on one line, with its place, what was found and what to do', () => {
    const problem = {
      rule: 'connected-above-test-calls',
      severity: 'error',
      file: 'results.csv',
      row: 4,
      column: 'connected',
      value: '12',
      values: { testCalls: 11 },
    } as const;
    expect(describeProblem(problem, 'en')).toBe(
      'results.csv, row 4, column "connected": more calls connected than the 11 test calls (found "12"). Check whether the two columns are swapped.',
    );
    expect(describeProblem(problem, 'zh-CN')).toBe(
      'results.csv 第 4 行 “connected”列：接通次数多于拨测次数 11（读到“12”）。请核对两列是否填反。',
    );
  });

  test('a problem that carries its own sentences keeps them, where another stage has a rule of its name', () => {
    const message = text('没有这项指标', 'no such indicator');
    const remedy = text('改名', 'rename it');
    const problem = { rule: 'unknown-indicator', severity: 'error', message, remedy } as const;
    expect(sayProblem(problem, 'page')).toMatchObject({ message, remedy });
  });

  test('that was stored with other values than its words need', () => {
    const stored = { rule: 'connected-above-test-calls', severity: 'error', values: {} } as const;
    const { message, remedy } = sayProblem(stored, 'page');
    expect(message.en).toContain('cannot show (connected-above-test-calls)');
    expect(remedy['zh-CN']).toBe('请核对两列是否填反');
  });

  test('by its rule where it has no words', () => {
    expect(sayProblem({ rule: 'not-in-the-book', severity: 'error' }, 'page').message.en).toBe(
      'not-in-the-book',
    );
  });
});

/** Tables that put others together. */
const gathering = ['problemSentences', 'doorSentences', 'doorProblems'];

describe('the catalogue', () => {
  test('has every sentence once: no two tables use one code, or one rule', async () => {
    const tables = await Promise.all(
      readdirSync(new URL('../../src/words/', import.meta.url), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map(async (file) =>
          Object.entries((await import(`../../src/words/${file}`)) as Record<string, object>),
        ),
    );
    const codesOf = (ending: string): string[] =>
      tables.flatMap((entries) =>
        entries.flatMap(([name, table]) =>
          name.endsWith(ending) && !gathering.includes(name) ? Object.keys(table) : [],
        ),
      );
    const [said, wrong] = [codesOf('Sentences'), codesOf('Problems')];
    expect(said.length).toBeGreaterThan(15);
    expect(said.toSorted()).toEqual([...new Set(said)].toSorted());
    expect(wrong.toSorted()).toEqual([...new Set(wrong)].toSorted());
    expect(said.filter((code) => !(code in sentences))).toEqual([]);
    expect(wrong.filter((rule) => !(rule in problemSentences))).toEqual([]);
  });
});
