import type { MonitorModel, TargetsModel } from '../contract/model-files.ts';
import { UsageError } from '../kernel/errors.ts';
import { text, type Text } from '../kernel/text.ts';
import { rateNeededForHot } from '../monitoring/bands.ts';

/** Staff so that the next monitoring of `testCalls` calls rates the line in the band with the chance asked for. */
export interface BandWish {
  readonly band: 'hot' | 'warm' | 'cold';
  readonly confidence: number;
  readonly testCalls?: number;
}

/** Targets that a wished band needs, and the sentence that says what the wish costs in connection rate. */
export const targetsOfBand = (
  wish: BandWish,
  targets: TargetsModel,
  monitor: MonitorModel,
): { readonly targets: TargetsModel; readonly notices: readonly Text[] } => {
  if (wish.band !== 'hot') {
    const rate = monitor.bands.warmFrom;
    if (wish.band === 'cold')
      throw new UsageError(text('不能以「冷线」为目标', 'A cold line is not a target'));
    return { targets: { ...targets, connectionRate: Math.max(rate, targets.connectionRate) }, notices: [] };
  }
  const testCalls = wish.testCalls ?? monitor.testCalls;
  const needed = rateNeededForHot({ testCalls, chance: wish.confidence, bands: monitor.bands });
  const percent = (value: number): string => (100 * value).toFixed(1);
  return {
    targets: {
      ...targets,
      connectionRate: needed,
      rollingConnectionRate: Math.max(needed, targets.rollingConnectionRate ?? 0),
    },
    notices: [
      text(
        `要以 ${percent(wish.confidence)}% 的把握在 ${testCalls} 次拨测中评为「热线」档,真实接通率须达到 ${percent(needed)}%:次数越少,运气的成分越大`,
        `To be rated hot with ${percent(wish.confidence)} % chance in ${testCalls} test calls the true connection rate must be ${percent(needed)} %: the fewer the calls, the larger the part of luck`,
      ),
    ],
  };
};
