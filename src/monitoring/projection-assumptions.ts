import { connectedNeededForHot } from './bands.ts';
import { monitoringFinding, type MonitoringFinding } from './monitoring-findings.ts';
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
