import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scorecardSchema } from '../../src/contract/models/monitor-model.ts';
import { scoreStanding } from '../../src/contract/score-standing.ts';
import { scoreOf } from '../../src/monitoring/scorecard.ts';
import { measuredBy, pointsLost } from '../../src/planning/comparison/monitored-in-span.ts';

const card = scorecardSchema.parse(
  JSON.parse(readFileSync(new URL('../../models/scorecards/gov-hotline-2019.json', import.meta.url), 'utf8')),
);
const scored = (indicators: Record<string, number>) =>
  scoreOf(card, measuredBy(card, { rate: 0.9, meanSeconds: 24, indicators }));

describe('what a monitor found, as points of the scorecard', () => {
  test('monitored points stay points, problem solving too', () => {
    const { indicators, score } = scored({
      'reception-etiquette': 76.87,
      'communication-standard': 92,
      'problem-solving': 52.76,
    });
    const points = indicators.map((i) => i.points ?? -1);
    [90, 80, 76.87, 92, 52.76].forEach((wanted, i) => expect(points[i]).toBeCloseTo(wanted, 9));
    expect(score).toBeCloseTo(0.3 * 90 + 0.15 * 80 + 0.1 * 76.87 + 0.2 * 92 + 0.25 * 52.76, 9);
  });

  test('the score and the points that each indicator lost sum to 100, the most lost first', () => {
    const { indicators, score } = scored({ 'problem-solving': 52.76, 'reception-etiquette': 100 });
    const lost = pointsLost(indicators);
    expect(lost.map(({ name }) => name.en)).toHaveLength(3);
    expect(lost[0]?.name).toEqual(card.indicators.find((one) => one.indicator === 'problem-solving')?.name);
    expect(lost.reduce((sum, one) => sum + one.lost, score ?? 0)).toBeCloseTo(100, 9);
  });

  test('an indicator known only by its parts is their mean', () => {
    const { indicators, missing } = scored({ 'opening-stage': 60, 'closing-stage': 90 });
    expect(indicators[2]?.points).toBeCloseTo(75, 9);
    expect(missing).toEqual(['communication-standard', 'problem-solving']);
  });

  test('45 % of the weights make no total', () => {
    const { score, indicators } = scored({});
    expect(score).toBeNull();
    expect(scoreStanding(indicators)).toMatchObject({ hasTotal: false, known: 2 });
    expect(scoreStanding(indicators).knownWeight).toBeCloseTo(0.45, 12);
  });

  test('without seconds the time to an operator is not scored as 0 seconds', () => {
    const none = measuredBy(card, { rate: 1, meanSeconds: null, indicators: {} });
    expect(scoreOf(card, none).missing).toContain('seconds-to-operator');
  });
});
