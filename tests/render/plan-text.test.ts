import { describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { PromptSpan } from '../../src/contract/documents/schema-parts.ts';
import { mergeSpans } from '../../src/render/week-tables.ts';
import { scoreText, weekScoreText } from '../../src/render/score-text.ts';
import { tableOf } from '../../src/render/table.ts';
import { terminalTable, wrapWords } from '../../src/render/terminal-table.ts';

const name = { 'zh-CN': '引导', en: 'point' };
const span = (queue: string, from: string, to: string, prompt = 'a', date = '2026-11-23'): PromptSpan => ({
  prompt,
  name,
  kind: 'online-channel',
  queue,
  date,
  from,
  to,
  announcement: name,
  callersDiverted: 2,
});
const told = (spans: readonly PromptSpan[]): string[] =>
  mergeSpans(spans).map((s) => `${s.from}–${s.to} ${s.prompt} ${s.queues.join('+')} ${s.callersDiverted}`);

describe('stretches of prompts as people play them', () => {
  it('joins those that touch, whatever their order', () => {
    expect(
      told([span('x', '10:00', '10:30'), span('x', '09:30', '10:00'), span('x', '10:30', '11:00')]),
    ).toEqual(['09:30–11:00 a x 6']);
  });

  it('tells one stretch for several queues once, and keeps apart what differs', () => {
    expect(told([span('x', '09:30', '10:00'), span('y', '09:30', '10:00')])).toEqual(['09:30–10:00 a x+y 4']);
    expect(
      told([
        span('x', '09:30', '10:00'),
        span('x', '10:30', '11:00'),
        span('y', '10:00', '10:30'),
        span('x', '10:00', '10:30', 'b'),
        span('x', '10:00', '10:30', 'a', '2026-11-24'),
      ]),
    ).toHaveLength(5);
  });
});

describe('a score with its range', () => {
  it('says why the mean may lie outside', () => {
    expect(scoreText({ mean: 88.5, q10: 86.6, q90: 89.3 }, 'en')).toBe('88.5 (86.6–89.3)');
    expect(scoreText({ mean: 96.9, q10: 98.1, q90: 98.1 }, 'en')).toBe(
      '98.1 (mean 96.9: occasionally much lower)',
    );
    expect(scoreText({ mean: 51, q10: 40, q90: 45 }, 'en')).toBe(
      '40.0–45.0 (mean 51.0: occasionally much higher)',
    );
    expect(scoreText({ mean: null, q10: null, q90: null }, 'en')).toBe('–');
  });
});

describe('the score of a week', () => {
  const monitoring = (points: (number | null)[], weights: number[]) =>
    ({
      score: { mean: 100, q10: 100, q90: 100 },
      indicators: points.map((own, i) => ({ indicator: `${i}`, name, weight: weights[i] ?? 0, points: own })),
    }) as PlanDocument['monitoring'];
  it('from under half of the weights is not told as if it were sure', () => {
    expect(weekScoreText(monitoring([100, 100, null], [0.3, 0.15, 0.55]), 'en')).toBe(
      'no total: only 45% of the weights is known; between 45.0 and 100.0',
    );
    expect(weekScoreText(monitoring([100, 100, null], [0.3, 0.15, 0.55]), 'zh-CN')).toBe(
      '暂不出总分：已知指标占权重 45%，总分 45.0–100.0',
    );
    expect(weekScoreText(monitoring([100, null], [0.5, 0.5]), 'en')).toContain('100.0 (100.0–100.0) [1 of 2');
  });
});

describe('a table for the terminal', () => {
  it('aligns figures right under their heading, dates and words left, Chinese at two places', () => {
    expect(
      terminalTable(
        tableOf(
          [
            { date: '2026-11-23', operators: 5, name: '综合' },
            { date: '2026-11-24', operators: 1234, name: 'a' },
          ],
          [
            ['日期', 'date', ({ date }) => date],
            ['人数', 'operators', ({ operators }) => operators],
            ['name', 'text', ({ name: own }) => own],
          ],
        ),
        'en',
      ),
    ).toBe(
      [
        '日期         人数  name',
        '──────────  ─────  ────',
        '2026-11-23      5  综合',
        '2026-11-24  1,234  a',
      ].join('\n'),
    );
  });

  it('breaks the words of its last column where it would be too wide, at blanks and between Chinese characters', () => {
    const english = 'handle time is near the mean of the tier, quality is above it by two points';
    const chinese = '处理时长接近本等级平均，质检分高出两分，首次解决率也更高。';
    const rows = [
      ['a-1', english],
      ['a-2', chinese],
      ['a-3', ''],
    ] as const;
    const columns = [
      ['op', 'text', ([op]: (typeof rows)[number]) => op],
      ['why', 'text', ([, why]: (typeof rows)[number]) => why],
    ] as const;
    const table = terminalTable(tableOf(rows, columns), 'en', 48);
    expect(table.split('\n')).toEqual([
      'op   why',
      '───  ───────────────────────────────────────────',
      'a-1  handle time is near the mean of the tier,',
      '     quality is above it by two points',
      'a-2  处理时长接近本等级平均，质检分高出两分，首',
      '     次解决率也更高。',
      'a-3',
    ]);
  });

  it('never begins a line with a mark that closes, and leaves a long word whole', () => {
    expect(wrapWords('一二三四，五六', 8)).toEqual(['一二三', '四，五六']);
    expect(wrapWords('a supercalifragilistic b', 8)).toEqual(['a', 'supercalifragilistic', 'b']);
    expect(wrapWords('', 8)).toEqual(['']);
  });
});
