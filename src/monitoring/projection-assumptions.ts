import { connectedNeededForHot } from './bands.ts';
import { found, type MonitoringFinding } from './monitoring-findings.ts';
import type { MonitoringInput } from './monitoring-input.ts';
import type { QualityMix } from './tier-quality.ts';

/** What a projected monitoring rests on. */
export const projectionAssumptions = (
  input: MonitoringInput,
  quality: QualityMix,
  missing: readonly string[],
): MonitoringFinding[] => {
  const { monitor, scorecard, greetingSeconds } = input;
  const { testCalls, longestWaitSeconds, attempts } = monitor;
  const assumed: MonitoringFinding[] = [
    found('test-calls-spread-evenly', {
      monitor: monitor.name,
      longestWaitSeconds,
      greetingSeconds,
      attempts,
    }),
    found('band-partly-luck', { needed: connectedNeededForHot(testCalls, monitor.bands), testCalls }),
  ];
  if (scorecard.weightsAssumed) assumed.push(found('scorecard-weights-assumed'));
  if (quality.covered < 1)
    assumed.push(found('quality-known-of-some-tiers', { answeredShare: quality.covered }));
  if (missing.length > 0) {
    const left = scorecard.indicators.filter(({ indicator }) => missing.includes(indicator));
    assumed.push(found('indicators-left-out', { indicators: left.map(({ name }) => name) }));
  }
  const movesWithOccupancy = Object.values(input.occupancy ?? {}).some((effect) => effect.found);
  if (!movesWithOccupancy) assumed.push(found('quality-steady-in-occupancy'));
  return assumed;
};
