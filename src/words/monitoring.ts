import type { MeasuredEffect, MonitoringFindings } from '../monitoring/monitoring-findings.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { filledWith, messages } from './messages.ts';

const { parts, ...said } = messages('monitoring');

/** An effect on quality in points for ten percentage points of occupancy. */
const perTen = <Effect extends MeasuredEffect>(effect: Effect, speech: Speech) => ({
  ...effect,
  name: parts.qualitySource[speech.language](effect, speech),
  slope: effect.slope / 10,
  standardError: effect.standardError / 10,
});

/** What monitoring finds, in sentences. */
export const monitoringSentences: Sentences<MonitoringFindings> = {
  ...said,
  'occupancy-effect': filledWith(said['occupancy-effect'], (effect, speech) => ({
    ...perTen(effect, speech),
    usedSlope: effect.usedSlope / 10,
  })),
  'no-occupancy-effect': filledWith(said['no-occupancy-effect'], perTen),
  'rank-intervals': filledWith(said['rank-intervals'], ({ outOfServiceShare }) => ({
    outOfServiceShare,
    isSome: outOfServiceShare >= 0.0005,
  })),
  'monitored-against-projected': filledWith(
    said['monitored-against-projected'],
    ({ gap, cause, pValue, ...result }, { percent }) => ({
      ...result,
      share: result.connected / result.testCalls,
      chance: pValue < 0.001 ? '< 0.1%' : percent(pValue),
      cause: cause === null ? null : { name: cause.name, size: Math.abs(100 * cause.effect) },
      isLower: gap < 0,
    }),
  ),
};
