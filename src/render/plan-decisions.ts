import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { closesEver } from '../kernel/time-window.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import { answerFinding, type AnswerFinding, type AnswerFindings } from './answer-findings.ts';
import { daysBeyondData, farDays, shortageOf } from '../contract/shortages.ts';
import { planTargets } from './week-answer.ts';
import { isAssumedShape, isChangedByHand } from '../words/planning.ts';

const codeOf = (said: Sayable): string => ('code' in said ? said.code : '');

/** Names of the queues whose handle time nobody has measured: the plan's own assumption, not its data. */
const assumedQueues = (plan: PlanDocument): Text[] =>
  plan.assumptions.flatMap((said) => {
    if (!('code' in said) || said.code !== 'handle-time-assumed') return [];
    // A plan of another version may not tell which.
    const { queue } = (said.values ?? {}) as { readonly queue?: Text };
    return queue === undefined ? [] : [queue];
  });

type Short = AnswerFindings['decide-short'];

const limits: Readonly<Record<string, NonNullable<Short['limit']>>> = {
  'no-template-reaches': 'shifts',
  'people-used-up': 'people',
  'filling-costs-more': 'price',
};

/** What keeps most of the shortage from being filled, and the rule of the people that does where it is theirs. */
const limitOf = ({ relaxed }: PlanDocument): Pick<Short, 'limit' | 'rule' | 'tier'> => {
  const told = relaxed.flatMap((said) => {
    const limit = limits[codeOf(said)];
    const {
      operatorHours = 0,
      rule = null,
      tier = null,
    } = ('values' in said ? said.values : {}) as {
      readonly tier?: Text | null;
      readonly operatorHours?: number;
      readonly rule?: Sayable | null;
    };
    return limit === undefined ? [] : [{ limit, operatorHours, rule, tier }];
  });
  const [most] = told.toSorted((a, b) => b.operatorHours - a.operatorHours);
  return { limit: most?.limit ?? null, rule: most?.rule ?? null, tier: most?.tier ?? null };
};

/** A gap that the search for shifts is asked to close: what is above it was left by the search, not by the rules. */
const askedGap = 0.03;

/** How far the search for shifts stopped above the cost that is proved to be the least, where that is more than asked; else null. */
export const searchGap = ({ scheduleCost }: Pick<PlanDocument, 'scheduleCost'>): number | null =>
  scheduleCost !== undefined && Number.isFinite(scheduleCost.gap) && scheduleCost.gap > askedGap
    ? scheduleCost.gap
    : null;

/** Whole shifts that can go with nobody short for it; undefined where none can, or nobody has worked it out. */
export const releasable = ({ total, days }: PlanDocument): AnswerFindings['decide-release'] | undefined => {
  const shifts = total.release?.shifts ?? [];
  if (shifts.length === 0) return undefined;
  const sum = (of: 'operators' | 'paidHours' | 'wages'): number =>
    shifts.reduce((all, shift) => all + shift[of], 0);
  return {
    shifts: sum('operators'),
    paidHours: sum('paidHours'),
    wages: sum('wages'),
    currency: total.currency ?? null,
    days: days.flatMap(({ date }) => {
      const onDate = shifts.filter((shift) => shift.date === date);
      return onDate.length === 0
        ? []
        : [{ date, shifts: onDate.reduce((all, { operators }) => all + operators, 0) }];
    }),
  };
};

/** Hours kept for leave beyond those booked that are worth a word: a shift. */
const tellingHours = 8;

/** Leave that the plan keeps hours for and nobody has booked: people on the books who are free before anybody is hired. */
const leaveNotBooked = ({ total: { leave } }: PlanDocument): Short['leave'] =>
  leave === undefined || leave.keptHours - leave.bookedHours < tellingHours ? null : leave;

/** What somebody has to decide before the plan is used, the weightiest first; nothing: an empty list. */
export const planDecisions = (plan: PlanDocument): AnswerFinding[] => {
  const { openHours, intervals, open } = shortageOf(plan);
  const { unstaffed, unproved: failing, noPeople } = planTargets(plan);
  const release = releasable(plan);
  const far = daysBeyondData(plan);
  const assumed = assumedQueues(plan);
  const assumedShapes = plan.unusual?.filter(isAssumedShape).length ?? 0;
  // What people have changed by hand is theirs to check, and no figure of the data.
  const byHand = plan.unusual?.filter(isChangedByHand).length ?? 0;
  const unusual = (plan.unusual?.length ?? 0) - assumedShapes - byHand;
  return [
    ...(noPeople === true ? [answerFinding('decide-no-people')] : []),
    ...(unstaffed === null ? [] : [answerFinding('decide-unstaffed', unstaffed)]),
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
    ...(intervals > 0
      ? [
          answerFinding('decide-short', {
            hours: openHours,
            intervals,
            of: open,
            peopleUsedUp: plan.relaxed.some((said) => codeOf(said) === 'people-used-up'),
            ...limitOf(plan),
            leave: leaveNotBooked(plan),
            gap: searchGap(plan),
          }),
        ]
      : []),
    ...(release === undefined ? [] : [answerFinding('decide-release', release)]),
    ...(plan.total.pricesAssumed === true ? [answerFinding('decide-assumed-prices')] : []),
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
