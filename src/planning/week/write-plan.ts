import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { sayShiftsFrom, writeShiftsFrom } from './earlier-shifts.ts';
import { planId } from '../../contract/documents/plan-id.ts';
import { contentHash } from '../../kernel/content-hash.ts';
import { text, type Text } from '../../kernel/text.ts';
import { totalCalls } from './plan-figures.ts';
import type { PlanParts } from './plan-parts.ts';
import { dayBounds } from './project-plan.ts';
import { writeDays } from './write-days.ts';
import { sayDeferrable, writeDeferrable } from './write-deferrable.ts';
import { writeQueues } from './write-queues.ts';
import { writeShifts, writeTiers } from './write-roster.ts';
import { writeSpan } from './write-span.ts';
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
      name: variantNames[v.variant],
      operatorHours: v.operatorHours,
    })),
    proof: parts.proof,
    ...(transfers === undefined ? {} : { transfers }),
    ...(deferrable === undefined ? {} : { deferrable }),
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
    assumptions: [...parts.assumptions],
    notices: [
      // What a planner may have to act on comes first, how it was worked out last.
      ...(parts.whatIf ? [askedWhatIf] : []),
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

const variantNames: Readonly<Record<PlanDocument['variants'][number]['variant'], Text>> = {
  'certain-demand': text('预测当作确定值', 'Forecast taken as certain'),
  'certain-absences': text('缺勤当作确定值', 'Absences taken as certain'),
  'no-redials': text('不计重复拨打', 'No redials'),
  'erlang-c': text('假设无人放弃（Erlang C）', 'Nobody abandons (Erlang C)'),
  pooled: text('全员通接所有队列（下界）', 'Everybody answers every queue (lower bound)'),
  dedicated: text('各队列专人、互不支援（上界）', 'Each queue has its own operators only (upper bound)'),
};

const askedWhatIf = text(
  '这是一份假设计划：所用目标不是本线自己的目标（models/targets.json）；提到「最新计划」时，仍指本周按本线目标所做的那份（如有）',
  'This plan asks what if: its targets are not the line’s own (models/targets.json); where the latest plan is meant, it is still the week’s plan for those, if there is one',
);
