import { bandChances, connectedNeededForHot, likeliestBand } from './bands.ts';
import { monitoringFinding, type MonitoringFinding } from './monitoring-findings.ts';
import type { MonitoringInput } from './monitoring-input.ts';
import { testTimesOf } from './test-times.ts';
import type { QualityMix } from './tier-quality.ts';

/** What a projected monitoring rests on. */
export const projectionAssumptions = (
  input: MonitoringInput,
  quality: QualityMix,
  missing: readonly string[],
  rates: Float64Array,
): MonitoringFinding[] => {
  const { monitor, scorecard, greetingSeconds } = input;
  const { testCalls, longestWaitSeconds, attempts } = monitor;
  const assumed: MonitoringFinding[] = [
    monitoringFinding('test-calls-spread-evenly', {
      monitor: monitor.name,
      longestWaitSeconds,
      greetingSeconds,
      attempts,
    }),
    monitoringFinding('band-partly-luck', {
      needed: connectedNeededForHot(testCalls, monitor.bands),
      testCalls,
    }),
  ];
  assumed.push(...whileClosed(input, rates));
  if (scorecard.weightsAssumed) assumed.push(monitoringFinding('scorecard-weights-assumed'));
  if (quality.covered < 1)
    assumed.push(monitoringFinding('quality-known-of-some-tiers', { answeredShare: quality.covered }));
  if (missing.length > 0) {
    const left = scorecard.indicators.filter(({ indicator }) => missing.includes(indicator));
    assumed.push(monitoringFinding('indicators-left-out', { indicators: left.map(({ name }) => name) }));
  }
  const movesWithOccupancy = Object.values(input.occupancy ?? {}).some((effect) => effect.found);
  if (!movesWithOccupancy) assumed.push(monitoringFinding('quality-steady-in-occupancy'));
  return assumed;
};

/** What tests that fall into closed hours do to the rate and the band, where the monitor's times reach into them. */
const whileClosed = (
  { expected: { horizon }, monitor, open }: MonitoringInput,
  rates: Float64Array,
): MonitoringFinding[] => {
  const placed = testTimesOf(horizon, { ...monitor, testsWhileClosed: true });
  const closedShare = placed.reduce((sum, weight, i) => sum + (open?.[i] === 0 ? weight : 0), 0);
  if (closedShare < leastTold || closedShare > 1 - leastTold) return [];
  const { testsWhileClosed } = monitor;
  const factor = testsWhileClosed ? 1 / (1 - closedShare) : 1 - closedShare;
  const otherwise = rates.map((rate) => Math.min(1, rate * factor));
  return [
    monitoringFinding('tests-while-closed', {
      closedShare,
      counted: testsWhileClosed,
      otherwiseRate: otherwise.reduce((sum, rate) => sum + rate, 0) / otherwise.length,
      otherwiseBand: likeliestBand(bandChances(otherwise, monitor.testCalls, monitor.bands)),
    }),
  ];
};

/** A share of the tests that moves no figure that is shown. */
const leastTold = 0.005;
