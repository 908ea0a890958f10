import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { sayShiftsFrom, writeShiftsFrom } from './earlier-shifts.ts';
import { planId } from '../../contract/documents/plan-id.ts';
import { contentHash } from '../../kernel/content-hash.ts';
import { planningFinding } from '../planning-findings.ts';
import { totalCalls } from './plan-figures.ts';
import type { PlanParts } from './plan-parts.ts';
import { dayBounds } from '../operation/project-plan.ts';
import { writeDays } from './write-days.ts';
import { sayDeferrable, writeDeferrable } from './write-deferrable.ts';
import { writeQueues } from './write-queues.ts';
import { writeShifts, writeTiers } from './write-roster.ts';
import { assumedOf } from '../operation/stored-plan.ts';
import { writeSpan } from '../operation/write-span.ts';
import { writeTotal, writeWithoutPrompts } from './write-total.ts';
import { sayTransfers, writeTransfers } from './write-transfers.ts';

/** Writes the document of a plan. Its id tells the week and everything the plan depends on: the same again, the same id. */
export const writePlan = async (parts: PlanParts): Promise<PlanDocument> => {
  const { week, models, targets, projection } = parts;
  const prompts = parts.spans.map((span) => writeSpan(span, models.prompts, week));
  const deferrable = writeDeferrable({
    horizon: week.horizon,
    works: models.tiers.deferrable ?? [],
    tiers: models.tiers.tiers,
    ready: parts.schedule.ready,
    needed: parts.requirement.tiers,
    days: dayBounds(week),
  });
  const tiers = writeTiers(parts);
  const transfers = writeTransfers(models.hotline, projection.outcome);
  const shiftsFrom = writeShiftsFrom(parts.earlier, parts.schedule);
  const body = {
    seed: parts.seed,
    hotline: { name: models.hotline.name, zone: models.hotline.zone, madeUp: models.hotline.madeUp },
    week: week.week,
    firstDate: week.firstDate,
    intervalMinutes: week.horizon.intervalMinutes,
    answerTimeThresholdSeconds: models.hotline.answerTimeThresholdSeconds,
    history: {
      firstDate: parts.history.firstDate,
      lastDate: parts.history.lastDate,
      days: parts.history.days,
      dataHash: parts.dataHash,
    },
    openingHours: parts.hours,
    targets: {
      connectionRate: targets.connectionRate,
      serviceLevel: targets.serviceLevel,
      rollingConnectionRate: targets.rollingConnectionRate,
      occupancyMax: targets.occupancyMax,
      confidence: targets.confidence,
    },
    days: writeDays(parts, prompts),
    starts: [...week.starts],
    calls: totalCalls(parts.demand, parts.counts),
    queues: writeQueues(parts),
    tiers,
    shifts: writeShifts(parts),
    ...(shiftsFrom === undefined ? {} : { shiftsFrom }),
    scheduleCost: { cost: parts.schedule.cost, bound: parts.schedule.bound, gap: parts.schedule.gap },
    prompts,
    total: writeTotal(parts, tiers),
    withoutPrompts: writeWithoutPrompts(projection),
    variants: parts.variants.map((v) => ({
      variant: v.variant,
      name: planningFinding(`variant-${v.variant}`),
      operatorHours: v.operatorHours,
    })),
    proof: parts.proof,
    ...(transfers === undefined ? {} : { transfers }),
    ...(deferrable === undefined ? {} : { deferrable }),
    grounds: parts.grounds,
    ...(Object.values(parts.factors).every((factor) => factor === 1) ? {} : { factors: parts.factors }),
    ...(parts.forecast.assumed.length === 0 ? {} : { assumedCauses: [...parts.forecast.assumed] }),
    ...(parts.asked.length === 0 ? {} : { whatIf: [...parts.asked] }),
    madeWith: parts.madeWith,
    tenths: [...parts.sensitivities],
    ...certainOf(parts),
    monitoring: projection.monitoring,
    overrules: parts.forecast.overrules.map((o) => ({
      queue: o.queue,
      date: o.date,
      from: o.from,
      to: o.to,
      factor: o.factor,
      calls: o.calls,
      reason: o.reason,
      author: o.author,
    })),
    ...(parts.unusual.length === 0 ? {} : { unusual: [...parts.unusual] }),
    relaxed: [...parts.requirement.relaxed, ...parts.schedule.relaxed],
    assumptions: [...assumedOf({ assumedCauses: [...parts.forecast.assumed] }), ...parts.assumptions],
    notices: [
      // What a planner may have to act on comes first, how it was worked out last.
      ...(parts.whatIf ? [planningFinding('plan-asks-what-if')] : []),
      ...parts.notices,
      ...sayShiftsFrom(shiftsFrom),
      ...parts.promptReasons,
      ...sayDeferrable(deferrable),
      ...sayTransfers(transfers),
      ...parts.requirement.reasons,
      ...parts.schedule.reasons,
    ],
  };
  return {
    document: 'plan',
    version: 1,
    id: planId(week.week, (await contentHash(JSON.stringify([body, models]))).slice(0, 8), parts.whatIf),
    createdAt: new Date(parts.createdAtMillis).toISOString(),
    ...body,
  };
};

/** Operators by interval if demand were certain, where that was worked out. */
const certainOf = ({ variants }: PlanParts): Pick<PlanDocument, 'certain'> => {
  const operators = variants.find(({ variant }) => variant === 'certain-demand')?.operators;
  return operators === undefined ? {} : { certain: [...operators] };
};
