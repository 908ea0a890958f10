import { shrinkageByInterval } from '../../kernel/shrinkage.ts';
import { untranslated } from '../../kernel/text.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { rateOrNull } from '../operation/measure-effect.ts';
import type { PlanParts } from './plan-parts.ts';
import { clockText } from '../../kernel/time-window.ts';

/** Each tier by interval: operators needed, scheduled and lately seen, how busy, and whose calls it answers. */
export const writeTiers = (parts: PlanParts): PlanDocument['tiers'] =>
  parts.models.tiers.tiers.map((tier) => {
    const outcome = parts.projection.outcome.tiers.find((t) => t.tier === tier.tier);
    const answered = Object.entries(outcome?.answeredByQueue ?? {}).map(
      ([queue, calls]) => [queue, calls.reduce((sum, value) => sum + value, 0)] as const,
    );
    const all = answered.reduce((sum, [, calls]) => sum + calls, 0);
    const seen = parts.seen?.byTier.get(tier.tier);
    return {
      tier: tier.tier,
      name: tier.name,
      queues: tier.queues.map((route) => route.queue),
      connectionTarget: tier.connectionTarget,
      required: [...(parts.requirement.tiers.find((t) => t.tier === tier.tier)?.operators ?? [])],
      scheduled: [...(parts.capacity.tiers.find((t) => t.tier === tier.tier)?.operators ?? [])],
      standIns: [...(parts.schedule.standIns.find((t) => t.tier === tier.tier)?.operators ?? [])],
      seen: seen === undefined ? null : [...seen],
      shrinkage: [...shrinkageByInterval(tier.shrinkage, parts.week.horizon)],
      occupancy: parts.week.starts.map((_, i) =>
        rateOrNull((outcome?.busyOperatorSeconds[i] ?? 0) / (outcome?.staffedOperatorSeconds[i] ?? 0)),
      ),
      answered: Object.fromEntries(answered.map(([queue, calls]) => [queue, all > 0 ? calls / all : 0])),
    };
  });

/** The shifts with clock times. */
export const writeShifts = (parts: PlanParts): PlanDocument['shifts'] => {
  const names = new Map(parts.models.shifts.templates.map((template) => [template.template, template.name]));
  return parts.schedule.shifts.map((shift) => ({
    tier: shift.tier,
    date: shift.date,
    template: shift.template,
    name: names.get(shift.template) ?? untranslated(shift.template),
    start: clockText(shift.startMinute % 1440),
    end: clockText(shift.endMinute > 1440 ? shift.endMinute - 1440 : shift.endMinute),
    operators: shift.operators,
    breaks: shift.breaks.map((pause) => ({
      start: clockText(pause.startMinute % 1440),
      minutes: pause.minutes,
      operators: pause.operators,
    })),
    cost: shift.cost,
  }));
};
