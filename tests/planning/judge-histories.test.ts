import { english, messageOf, remedyOf } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import { toDayGrid } from '../../src/kernel/interval-series.ts';
import { judgeHistories } from '../../src/planning/forecasts/forecast-notices.ts';

const names = [
  { queue: 'general', name: { 'zh-CN': '综合咨询', en: 'General enquiries' } },
  { queue: 'housing', name: { 'zh-CN': '公积金', en: 'Housing fund' } },
] as unknown as Parameters<typeof judgeHistories>[2];
const zone = 'Asia/Shanghai';
const first = Temporal.PlainDate.from('2026-09-07');

/** Hourly counts of a number of days up to 2026-10-04, on every n-th day only. */
const history = (days: number, everyNth = 1) => {
  const counts = Array.from({ length: days * 24 }, (_, hour) => ({
    startMillis: first.add({ days: 28 - days }).toZonedDateTime(zone).epochMilliseconds + hour * 3_600_000,
    count: 10,
  })).filter((_, hour) => Math.floor(hour / 24) % everyNth === 0);
  const grid = toDayGrid(counts, zone, 60);
  if (grid === undefined) throw new Error('no counts');
  return grid;
};

describe('a history to plan from', () => {
  it('of three weeks passes without a word', () => {
    expect(judgeHistories(new Map([['general', history(21)]]), '2026-10-05', names)).toEqual([]);
  });

  it('of three days, or with hardly a day of data, is bad input that names queue and remedy', () => {
    for (const grid of [history(3), history(24, 3)])
      try {
        judgeHistories(new Map([['general', grid]]), '2026-10-05', names);
        expect.unreachable();
      } catch (error) {
        if (!(error instanceof BadInputError)) throw error;
        expect(error.problems).toMatchObject([{ rule: 'history-too-short' }]);
        expect(messageOf(error.problems[0]).en).toContain('General enquiries');
        expect(remedyOf(error.problems[0]).en).toContain('three weeks');
      }
  });

  it('of one new queue beside an old one is a warning', () => {
    const said = judgeHistories(
      new Map([
        ['general', history(28)],
        ['housing', history(3)],
      ]),
      '2026-10-05',
      names,
    );
    expect(said).toHaveLength(1);
    expect(english(said[0])).toContain('Housing fund has less than three weeks');
  });
});
