import { scalesAhead, scalesOf } from '../calibration/horizon-scales.ts';
import { errorsOfForms, mixed, replay, scoreRivals } from '../calibration/replay-plan.ts';
import type { ForecastRequest } from '../forecast-types.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { leanOnFamily, type FamilyLevel } from '../level/family-level.ts';
import { lastingError } from '../level/lasting-error.ts';
import { fitForms, weighForms } from '../level/level-forms.ts';
import { countOrigins, rollFar, rollNear } from '../level/rolling-evidence.ts';
import { fitShape, sharesAhead } from '../shape/day-shape.ts';
import { fitSlotSpread, wholeDaySpread } from '../shape/slot-spread.ts';
import { mixLevels } from './mix-levels.ts';
import { once, type QueuePlan } from './queue-plan.ts';
import { learnMemory } from './within-day.ts';

/**
 * The automatic forecast of a prepared history: forms of the level mixed on evidence, one pooled shape. Of a queue of
 * a family one form is its share of the family's level.
 */
export const planAutomatically = (
  history: PreparedHistory,
  request: ForecastRequest,
  family?: FamilyLevel,
): QueuePlan => {
  const forms = leanOnFamily(fitForms(history, request), family, request);
  const { names, fits } = forms;
  const evidence = rollFar(history, fits);
  const { rolling: far, judgedWeeks, weeks } = evidence;
  const near = judgedWeeks > 1 ? rollNear(history, fits) : far;
  const weights = weighForms(forms, evidence);
  const error = lastingError(far, (i) => mixed(far.means, weights, i), judgedWeeks);

  const shape = fitShape(history);
  const spread = history.slotOf.length === 1 ? wholeDaySpread : fitSlotSpread(shape.residuals);

  const pastNear = replay(history, forms, shape, spread, near, weights);
  const pastFar = far === near ? pastNear : replay(history, forms, shape, spread, far, weights);
  const scales = scalesOf(pastNear, countOrigins(near));
  const farScales = far === near ? scales : scalesOf(pastFar, weeks);

  const errors = errorsOfForms(history, shape, far);
  return {
    ...mixLevels(history, forms, weights, { error, judgedWeeks }),
    ...scalesAhead(scales, farScales, 7 * (judgedWeeks - 1), history.horizon),
    shares: sharesAhead(history, shape.profiles),
    spread,
    candidates: [
      ...names.map((method, form) => ({ method, wape: errors[form]!, weight: weights[form]! })),
      ...scoreRivals(history, far),
    ],
    method: request.method,
    history,
    forms,
    weights,
    mixWape: pastFar.wape,
    replayed: { past: pastFar.past, judgedWeeks },
    outside: [],
    memory: once(() => learnMemory(history, spread, pastNear.past)),
  };
};
