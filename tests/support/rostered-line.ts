import { fileURLToPath } from 'node:url';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { Duty, RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { TargetsModel } from '../../src/contract/models/targets-model.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { packOperation } from '../../src/planning/operation/planned-operation.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { plannedOperationOf } from './planned-operation-of.ts';
import { smallPlan } from './small-plan.ts';

/** The Tuesday that is acted on, of a week with a plan and a published roster. */
export const actedDay = '2026-11-24';
const dates = Array.from({ length: 7 }, (_, i) => `2026-11-${23 + i}`);
const text = (said: string) => ({ 'zh-CN': said, en: said });

const shiftOf = (shift: string, start: string) => ({
  shift,
  template: shift,
  name: text(shift),
  letter: text(shift.slice(0, 1)),
  starts: [start],
  hours: 7.5,
  night: false,
  dutyMinutes: 480,
  mealMinutes: 30,
  unpaid: [{ after: 240, minutes: 30 }],
});
const shifts = [shiftOf('early', '06:00'), shiftOf('day', '09:00'), shiftOf('late', '15:00')];
const spans: Readonly<Record<string, readonly [string, string]>> = {
  early: ['06:00', '14:00'],
  day: ['09:00', '17:00'],
  late: ['15:00', '23:00'],
};

/** A workspace with a plan of one week, a dozen operators and their published roster; so many of them ready all day. */
export const layRosteredLine = async (
  folder: string,
  ready: number,
  { targets }: { readonly targets?: Partial<TargetsModel> } = {},
): Promise<void> => {
  const modelsFrom = fileURLToPath(new URL('../../models', import.meta.url));
  const { store, close } = await createWorkspace(folder, { modelsFrom });
  const { planned: usual, week } = await plannedOperationOf(ready, 2);
  const models = { ...usual.models, targets: { ...usual.models.targets, ...targets } };
  const planned = { ...usual, models };
  const tier = planned.capacity.tiers[0]?.tier ?? '';
  const [model] = planned.models.tiers.tiers;
  const plan = {
    ...smallPlan(),
    targets: { ...smallPlan().targets, ...targets },
    id: '2026-W48-acted',
    hotline: { zone: planned.models.hotline.zone, madeUp: false },
    intervalMinutes: planned.models.hotline.intervalMinutes,
    starts: [...week.starts],
    tiers: planned.capacity.tiers.map((own) => ({
      tier: own.tier,
      name: text(own.tier),
      required: week.starts.map(() => 2),
      scheduled: week.starts.map(() => 2),
    })),
    shifts: dates.flatMap((date) =>
      shifts.map(({ shift }) => ({
        tier,
        date,
        template: shift,
        start: spans[shift]?.[0],
        end: spans[shift]?.[1],
        operators: 2,
        breaks: [{ start: shift === 'late' ? '18:00' : '12:30', minutes: 30, operators: 2 }],
      })),
    ),
  } as unknown as PlanDocument;
  await store.savePlan(plan, packOperation(planned));
  const names = Array.from({ length: 9 }, (_, i) => `P${i + 1}`);
  await store.write(
    'operators',
    names.map((operator) => ({
      operator,
      tier,
      skills: model?.queues.map(({ queue }) => queue) ?? [],
      contractHours: 40,
      contract: 'standard' as const,
    })),
  );
  // Five days each, on the same shift all week.
  const duties = names.flatMap((operator, at) =>
    dates.flatMap((date, day): Duty[] => {
      const { shift } = shifts[at % 3] ?? { shift: '' };
      const [start = '', end = ''] = spans[shift] ?? [];
      const isOff = (day + at) % 7 < 2;
      return isOff ? [] : [{ operator, date, shift, start, end, tier, pinned: false }];
    }),
  );
  const roster = {
    document: 'roster',
    version: 1,
    id: 'roster-acted',
    createdAt: '2026-11-18T00:00:00Z',
    revision: 0,
    seed: 1,
    hotline: { name: text('line'), zone: planned.models.hotline.zone, madeUp: false },
    from: dates[0],
    to: dates[6],
    publishedAt: '2026-11-19T00:00:00Z',
    profile: { profile: 'china-standard', name: text('standard') },
    cycle: null,
    shifts,
    tiers: [{ tier, name: text(tier), queues: model?.queues ?? [] }],
    days: dates.map((date) => ({ date, weekday: 1, holiday: null, plan: plan.id, repeated: false })),
    requiredDuties: dates.flatMap((date) => shifts.map(({ shift }) => ({ date, shift, tier, operators: 2 }))),
    people: [],
    duties,
    uncovered: [],
    broken: [],
    cost: { total: 0, rules: 0, cover: 0, bound: 0, gap: 0 },
    projection: [{ week: plan.week, plan: plan.id, planned: 0.9, roster: 0.9, serviceLevel: 0.8 }],
    notices: [],
    pinnedDaysOff: [],
  } as unknown as RosterDocument;
  await store.saveRoster(roster);
  await store.write('traffic', morning(planned.demand.queues.map(({ queue }) => queue)));
  await close();
};

/** Six weeks and a morning of the plan's calls. */
const morning = (queues: readonly string[]): TrafficRecord[] => {
  const until = startOfDay(actedDay, 'Asia/Shanghai') + 12 * 3_600_000;
  const rows: TrafficRecord[] = [];
  for (let start = until - 42.5 * 86_400_000; start < until; start += 1_800_000)
    rows.push(...queues.map((queue) => rowOf(queue, start)));
  return rows;
};

/** What a queue of two has in a half-hour; one of its callers hangs up. */
export const rowOf = (queue: string, startMillis: number): TrafficRecord => {
  const hour = new Date(startMillis + 8 * 3_600_000).getUTCHours();
  const offered = Math.round((hour >= 9 && hour < 11 ? 60 : hour >= 7 && hour < 21 ? 30 : 3) / 2);
  return {
    queue,
    startMillis,
    intervalMinutes: 30,
    offered,
    answered: offered - 1,
    abandoned: 1,
    answeredInThreshold: offered - 1,
    waitSecondsTotal: 5 * offered,
    handleSecondsTotal: 240 * (offered - 1),
  };
};
