import { readFileSync } from 'node:fs';
import { shiftsSchema, type ShiftsModel } from '../../src/contract/models/shifts-model.ts';
import { tiersSchema, type TiersModel } from '../../src/contract/models/tiers-model.ts';
import type { Horizon } from '../../src/kernel/hotline.ts';
import { seededRandom, type Random } from '../../src/kernel/random.ts';
import { shrinkageByInterval } from '../../src/kernel/shrinkage.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { standIns } from '../../src/planning/week/staff-week.ts';
import type { CoverRequest, TierPeople } from '../../src/scheduling/cover-request.ts';

/**
 * Weeks to cover as planners have them: the demo line's need at other handle times and sizes, a template more or fewer,
 * people more or fewer, tiers from one to thirty, intervals of a quarter to an hour. All follows from a seed. Odd seeds
 * are the demo's tiers, size and half hours; even ones go wide.
 */
export interface FamilyWeek {
  readonly seed: number;
  readonly name: string;
  readonly isDemoLike: boolean;
  readonly request: CoverRequest;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const demoShifts = shiftsSchema.parse(read('../../models/shifts.json'));
const demoTiers = tiersSchema.parse(read('../../models/tiers.json'));
/** Operators that the demo's week needs by tier and half hour. */
const demoNeed = read('./demo-week-need.json') as Readonly<Record<string, readonly number[]>>;
/** Operators on the demo's books. */
const demoPeople = 80;

export const weekOfFamily = (seed: number): FamilyWeek => {
  const random = seededRandom(seed, 31);
  const isDemoLike = seed % 2 === 1;
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const one = <T>(of: readonly T[]): T =>
    of[Math.min(of.length - 1, Math.floor(random.uniform() * of.length))] as T;
  const handleTimes = between(0.7, 1.3);
  const shifts = changeTemplates(random);
  const tierCount = isDemoLike ? 4 : one([1, 3, 4, 6, 10, 30]);
  const people = isDemoLike ? demoPeople : one([25, 40, 80, 150, 250, 500]);
  const intervalMinutes = isDemoLike ? 30 : one([15, 30, 60]);
  const books = isDemoLike ? between(0.7, 1.3) : one([0.7, 0.85, 1, 1.15, 1.3, undefined]);
  const tiers = tiersOf(tierCount);
  const horizon: Horizon = {
    zone: 'Asia/Shanghai',
    startMillis: startOfDay('2026-11-23', 'Asia/Shanghai'),
    intervalMinutes,
    count: (7 * 1440) / intervalMinutes,
  };
  const sizes = tiers.tiers.map((_, i) => (i < 4 ? 1 : between(0.5, 1.5)));
  const scale = (handleTimes * people) / demoPeople / Math.max(1, tierCount / 8);
  const requirement = tiers.tiers.map(({ tier }, i) => ({
    tier,
    operators: needOf(i, horizon, scale * (sizes[i] ?? 1)),
  }));
  const onBooks =
    books === undefined
      ? undefined
      : requirement.map((need, i) => peopleOf(need, tiers.tiers[i], horizon, books / handleTimes));
  const request: CoverRequest = {
    horizon,
    requirement,
    tiers: tiers.tiers,
    shifts,
    ...(onBooks === undefined ? {} : { people: onBooks, tierMayCover: standIns(tiers, onBooks) }),
    seed: 1,
    gap: 0.02,
  };
  const name = `${shifts.templates.map(({ template }) => template.slice(0, 2)).join('')} ×${handleTimes.toFixed(2)} ${people}p ${tierCount}t ${intervalMinutes}min books ${books?.toFixed(2) ?? '–'} min ${shifts.minimumPerStart}`;
  return { seed, name, isDemoLike, request };
};

/** The demo's templates, or one fewer, or one more. */
const changeTemplates = (random: Random): ShiftsModel => {
  const change = Math.floor(random.uniform() * 9);
  const minimumPerStart = random.uniform() < 0.15 ? 2 : 1;
  const { templates } = demoShifts;
  const [early] = templates;
  const six = {
    ...early,
    template: 'six',
    hours: 6,
    latestStart: '14:00',
    breaks: early?.breaks.slice(0, 1),
  };
  const ten = {
    ...early,
    template: 'ten',
    hours: 10,
    earliestStart: '07:30',
    latestStart: '11:00',
    costFactor: 1.05,
  };
  const more = change === 5 ? [six] : change === 6 ? [ten] : [];
  return shiftsSchema.parse({
    ...demoShifts,
    templates: [...templates.filter((_, i) => i !== change), ...more],
    minimumPerStart,
  });
};

/** The demo's first tiers, then further desks like its own, each with a queue that everybody else comes to last. */
const tiersOf = (count: number): TiersModel => {
  const own = demoTiers.tiers.slice(0, count);
  const desks = Array.from({ length: Math.max(0, count - 4) }, (_, i) => ({
    ...demoTiers.tiers[1 + (i % 3)],
    tier: `desk-${i + 5}`,
    queues: [
      { queue: `desk-${i + 5}`, preference: 1 },
      { queue: 'general', preference: 3 },
    ],
    costPerHour: 45 + ((7 * i) % 16),
  }));
  const helped = desks.map(({ queues }) => ({ queue: queues[0]?.queue ?? '', preference: 5 }));
  return tiersSchema.parse({
    tiers: [
      ...own.map((tier, i) => (i === 0 ? { ...tier, queues: [...tier.queues, ...helped] } : tier)),
      ...desks,
    ],
  });
};

const needOf = (tier: number, horizon: Horizon, scale: number): Int32Array => {
  const curves = Object.values(demoNeed);
  const curve = curves[tier < 4 ? tier : 1 + (tier % 3)] ?? [];
  const perCurve = horizon.intervalMinutes / 30;
  return Int32Array.from({ length: horizon.count }, (_, i) => {
    const from = Math.floor(i * perCurve);
    const heads = Math.max(...curve.slice(from, Math.max(from + 1, Math.floor((i + 1) * perCurve))));
    return heads === 0 ? 0 : Math.max(1, Math.round(heads * scale));
  });
};

/** People whose contract hours are so many times what the need takes, with a sixth for shifts that fit badly. */
const peopleOf = (
  { tier, operators }: CoverRequest['requirement'][number],
  model: TiersModel['tiers'][number] | undefined,
  horizon: Horizon,
  times: number,
): TierPeople => {
  const shrinkage = shrinkageByInterval(model?.shrinkage ?? 0, horizon);
  const hours =
    operators.reduce((sum, heads, i) => sum + heads / (1 - (shrinkage[i] ?? 0)), 0) *
    (horizon.intervalMinutes / 60);
  const count = Math.max(1, Math.round((times * hours * 1.17) / 40));
  return { tier, operators: count, weeklyHours: 40 * count };
};
