import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { closesEver } from '../kernel/opening-hours.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import { answerFinding, type AnswerFinding } from './answer-findings.ts';
import { daysBeyondData, farDays, shortageOf } from './shortages.ts';
import { isAssumedShape } from '../words/assumed-shape.ts';

const codeOf = (said: Sayable): string => ('code' in said ? said.code : '');

/** Names of the queues whose handle time nobody has measured: the plan's own assumption, not its data. */
const assumedQueues = (plan: PlanDocument): Text[] =>
  plan.assumptions.flatMap((said) => {
    if (!('code' in said) || said.code !== 'handle-time-assumed') return [];
    // A plan of another version may not tell which.
    const { queue } = (said.values ?? {}) as { readonly queue?: Text };
    return queue === undefined ? [] : [queue];
  });

const failingQueues = (plan: PlanDocument): Text[] =>
  (plan.proof?.queues ?? [])
    .filter(
      ({ connectionRate, serviceLevel }) => connectionRate.holds === false || serviceLevel.holds === false,
    )
    .map(
      ({ queue }) => plan.queues.find((each) => each.queue === queue)?.name ?? { 'zh-CN': queue, en: queue },
    );

/** What somebody has to decide before the plan is used, the weightiest first; nothing: an empty list. */
export const planDecisions = (plan: PlanDocument): AnswerFinding[] => {
  const { openHours, openIntervals: intervals } = shortageOf(plan);
  const far = daysBeyondData(plan);
  const assumed = assumedQueues(plan);
  const failing = failingQueues(plan);
  const assumedShapes = plan.unusual?.filter(isAssumedShape).length ?? 0;
  const unusual = (plan.unusual?.length ?? 0) - assumedShapes;
  return [
    ...(unusual > 0 ? [answerFinding('decide-unusual', { figures: unusual })] : []),
    ...(assumedShapes > 0 ? [answerFinding('decide-assumed-shape')] : []),
    ...(far >= farDays
      ? [answerFinding('decide-far-data', { days: far, lastDate: plan.history.lastDate })]
      : []),
    ...(plan.openingHours?.source === 'learnt' && closesEver(plan.openingHours.week)
      ? [answerFinding('decide-learnt-hours')]
      : []),
    ...(assumed.length > 0
      ? [answerFinding('decide-assumed-handle-time', { queues: assumed, of: plan.queues.length })]
      : []),
    ...(openHours >= 0.5
      ? [
          answerFinding('decide-short', {
            hours: openHours,
            intervals,
            of: plan.starts.length,
            peopleUsedUp: plan.relaxed.some((said) => codeOf(said) === 'people-used-up'),
          }),
        ]
      : []),
    ...(failing.length > 0 ? [answerFinding('decide-not-proved', { queues: failing })] : []),
    ...(plan.prompts.length > 0
      ? [
          answerFinding('decide-prompts', {
            prompts: plan.prompts.length,
            diverted: plan.total.callersDiverted,
          }),
        ]
      : []),
  ];
};
