import { describe, expect, it } from 'vitest';
import { madeUpRegimes, type RegimeLine } from '../../bench/forecast/made-up-regimes.ts';
import { addScores, scoreLine, type RegimeScore } from '../../bench/forecast/score-regimes.ts';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { chanceOfMoving } from '../../src/forecast/level/level-moves.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { addDays } from '../../src/kernel/time.ts';

const lines = madeUpRegimes(1).filter(({ known }) => known < 400);
const of = (kind: RegimeLine['kind']): RegimeLine[] => lines.filter((line) => line.kind === kind);

const scoreOf = (kind: RegimeLine['kind'], since: readonly number[]): RegimeScore => {
  return of(kind)
    .flatMap((line) => since.flatMap((days) => scoreLine(line, days, [1, 4])))
    .reduce(addScores);
};

const stateOf = (line: RegimeLine | undefined, since: number): string[] =>
  forecastQueue(line!.grid, {
    origin: addDays(line!.changed, since),
    days: 7,
    calendar: calendarOf({ country: null }),
    method: 'auto',
    seed: 1,
    pathCount: 0,
  })
    .reasons.map((reason) => ('code' in reason ? reason.code : ''))
    .filter((code) => code.startsWith('line-is-'));

describe('a line whose level changes', () => {
  it('is covered by the 80 % range in the weeks after a jump of 10 to 40 %', () => {
    const { in80, days } = scoreOf('shift', [4, 15]);
    expect(in80 / days).toBeGreaterThan(0.76);
  });

  it('is covered in the weeks after an epidemic has shown', () => {
    const { in80, days } = scoreOf('epidemic', [15, 22]);
    expect(in80 / days).toBeGreaterThan(0.76);
  });

  it('is less sure from the fourth day of an epidemic on, where a calm line is as sure as ever', () => {
    const widthOf = ({ width, calls }: RegimeScore): number => width / calls;
    const calm = widthOf(scoreOf('calm', [4]));
    expect(calm).toBeLessThan(0.2);
    expect(widthOf(scoreOf('epidemic', [4]))).toBeGreaterThan(1.4 * calm);
  });

  it('has ranges in the year after as narrow as a calm line, and no less cover', () => {
    const calm = scoreOf('calm', [239]);
    const after = scoreOf('shift', [239]);
    expect(after.in80 / after.days).toBeGreaterThan(0.76);
    expect(after.width / after.calls).toBeLessThan((1.4 * calm.width) / calm.calls);
  });

  it('is said to be calm, to move, or to have broken with its past', () => {
    expect(stateOf(of('calm')[0], 15)).toEqual(['line-is-calm']);
    expect(stateOf(of('epidemic')[2], 15)).toEqual(['line-is-moving']);
    const fallen = of('shift').find(({ name }) => name.startsWith('shift to 0.6'));
    expect(stateOf(fallen, 4)).toEqual(['line-is-moving']);
    expect(stateOf(fallen, 22)).toEqual(['line-is-broken']);
  });
});

describe('the chance that a week was one of a moving line', () => {
  it('is small in calm weeks, near 1 from a surprise on, and fades when calm weeks follow', () => {
    expect(Math.max(...chanceOfMoving([0.3, -1, 0.8, 1.2, -0.5]))).toBeLessThan(0.1);
    const after = chanceOfMoving([0, 0.5, -0.4, 5, 0.3, -0.2, 0.5, 0.1]);
    expect(after[1]).toBeLessThan(0.2);
    expect(after[3]).toBeGreaterThan(0.9);
    expect(after[4]).toBeLessThan(0.5);
    expect(after[7]).toBeLessThan(0.1);
    expect(chanceOfMoving([0, 0.5, -0.4, 3.5]).at(-1)).toBeGreaterThan(0.5);
  });
});
