import { expect, test } from 'vitest';
import { qualityFindings } from '../../src/monitoring/project-monitoring.ts';

type Effect = Parameters<typeof qualityFindings>[0][number];
type Grading = NonNullable<Parameters<typeof qualityFindings>[1]>;

const effect: Effect = {
  source: 'quality-score',
  rows: 120,
  meanOccupancy: 0.6,
  projectedOccupancy: 0.8,
  slope: -20,
  standardError: 4,
  pValue: 0.001,
  found: true,
  usedSlope: -19,
  shiftPoints: -3.8,
};
const first = { 'zh-CN': '一级', en: 'First' };
const expert = { 'zh-CN': 'expert', en: 'expert' };
const tier = (name: string, heldBack: number | null, training: object | null = null) =>
  ({ tier: name, answeredShare: 0.5, heldBack, training }) as Grading['tiers'][number];
const findings = (effects: readonly Effect[], tiers?: Grading['tiers'], regrading?: Grading['regrading']) =>
  qualityFindings(effects, tiers && { tiers, regrading: regrading ?? null }, { first });

test('an effect of occupancy is told with what it moves, and as none where none was found', () => {
  const { meanOccupancy: _mean, projectedOccupancy: _projected, found: _found, ...values } = effect;
  expect(findings([effect])).toEqual([{ code: 'occupancy-effect', values }]);
  const { usedSlope: _slope, shiftPoints: _shift, ...measured } = values;
  expect(findings([{ ...effect, found: false }])).toEqual([
    { code: 'no-occupancy-effect', values: measured },
  ]);
});

test('too few calls to measure it are told as that, whichever figure is missing', () => {
  for (const missing of [{ slope: null }, { standardError: null }])
    expect(findings([{ ...effect, ...missing }])).toEqual([
      { code: 'occupancy-effect-unknown', values: { source: 'quality-score', rows: 120 } },
    ]);
});

test('the tier that costs most is named by its own name, and none where none costs anything', () => {
  const costly = findings([], [tier('expert', 0.4), tier('first', 1.25), tier('none', null)]);
  expect(costly).toEqual([
    {
      code: 'tier-holds-score-back',
      values: { tier: first, answeredShare: 0.5, points: 1.25, training: null },
    },
  ]);
  expect(findings([], [tier('first', 0)])).toEqual([]);
});

test('training is told where it gains', () => {
  const [gains] = findings([], [tier('first', 1, { operators: 4, scoreGain: 0.3 })]);
  expect(gains?.values).toMatchObject({ training: { operators: 4, points: 0.3 } });
  const [none] = findings([], [tier('first', 1, { operators: 4, scoreGain: 0 })]);
  expect(none?.values).toMatchObject({ training: null });
});

test('an exchange between tiers is told with both tiers and its gain', () => {
  const regrading = { into: 'first', outOf: 'expert', operators: 3, scoreGain: 0.5 };
  expect(findings([], [], regrading as Grading['regrading'])).toEqual([
    { code: 'exchange-between-tiers', values: { into: first, outOf: expert, operators: 3, points: 0.5 } },
  ]);
});
