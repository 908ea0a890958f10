import type { CoverRequest, PlannedShift, ShiftPlan } from '../../src/scheduling/cover-request.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { minuteOf } from '../../src/kernel/time-window.ts';
import { shrinkageByInterval } from '../../src/kernel/shrinkage.ts';

/** What a plan of shifts costs, worked out from its lines alone in steps of a quarter of an hour, and the rules it breaks. */
export interface Evaluated {
  readonly cost: number;
  readonly broken: readonly string[];
}

const step = 15;

export const evaluateShifts = (request: CoverRequest, plan: ShiftPlan): Evaluated => {
  const broken = plan.shifts.flatMap((shift) => brokenBy(request, shift));
  const slots = (request.horizon.count * request.horizon.intervalMinutes) / step;
  const heads = request.requirement.map(() => new Int32Array(slots));
  let cost = 0;
  for (const shift of plan.shifts) {
    const tier = request.tiers.find((one) => one.tier === shift.tier);
    const template = request.shifts.templates.find((one) => one.template === shift.template);
    const own = heads[request.requirement.findIndex((one) => one.tier === shift.tier)];
    if (tier === undefined || template === undefined || own === undefined) continue;
    const unpaid = template.breaks.reduce((sum, pause) => sum + (pause.paid ? 0 : pause.minutes / 60), 0);
    cost += shift.operators * (template.hours - unpaid) * tier.costPerHour * template.costFactor;
    const day = (startOfDay(shift.date, request.horizon.zone) - request.horizon.startMillis) / 60_000;
    const add = (from: number, minutes: number, by: number): void => {
      for (let m = 0; m < minutes; m += step) {
        const slot = ((day + from + m) / step) % slots;
        own[slot] = (own[slot] ?? 0) + by;
      }
    };
    add(shift.startMinute, shift.endMinute - shift.startMinute, shift.operators);
    for (const pause of shift.breaks) add(pause.startMinute, pause.minutes, -pause.operators);
  }
  const prices = request.requirement.map((_, i) => slotPrices(request, i));
  for (let slot = 0; slot < slots; slot += 1)
    cost += leastPrice(
      request,
      prices.map((price) => (count: number) => price(slot, count)),
      heads.map((own) => own[slot] ?? 0),
    );
  return { cost, broken: [...broken, ...brokenByPeople(request, plan)] };
};

const brokenBy = ({ shifts }: CoverRequest, shift: PlannedShift): string[] => {
  const template = shifts.templates.find((one) => one.template === shift.template);
  const where = `${shift.tier} ${shift.date} ${shift.template} ${shift.startMinute}`;
  if (template === undefined) return [`${where}: no such template`];
  const earliest = minuteOf(template.earliestStart);
  const span = (minuteOf(template.latestStart) - earliest + 1440) % 1440;
  const after = (shift.startMinute - earliest + 2880) % 1440;
  const mayStart = after <= span && after % template.startEveryMinutes === 0;
  const isWhole = template.breaks.every((pause) => {
    const own = shift.breaks.filter(
      ({ startMinute, minutes }) =>
        minutes === pause.minutes &&
        startMinute >= shift.startMinute + pause.earliestHours * 60 &&
        startMinute <= shift.startMinute + pause.latestHours * 60,
    );
    return own.reduce((sum, { operators }) => sum + operators, 0) === shift.operators;
  });
  return [
    ...(mayStart ? [] : [`${where}: may not start then`]),
    ...(shift.endMinute - shift.startMinute === template.hours * 60 ? [] : [`${where}: not so long`]),
    ...(isWhole ? [] : [`${where}: a break is missing or out of its window`]),
    ...(shift.operators >= shifts.minimumPerStart ? [] : [`${where}: too few share the start`]),
  ];
};

const brokenByPeople = ({ people = [], shifts }: CoverRequest, plan: ShiftPlan): string[] =>
  people.flatMap(({ tier, operators, weeklyHours }) => {
    const own = plan.shifts.filter((shift) => shift.tier === tier);
    const all = own.reduce((sum, shift) => sum + shift.operators, 0);
    const hours = own.reduce((sum, shift) => {
      const template = shifts.templates.find((one) => one.template === shift.template);
      const unpaid =
        template?.breaks.reduce((total, pause) => total + (pause.paid ? 0 : pause.minutes / 60), 0) ?? 0;
      return sum + shift.operators * ((template?.hours ?? 0) - unpaid);
    }, 0);
    const days = [...Map.groupBy(own, ({ date }) => date).values()];
    const most = Math.max(0, ...days.map((day) => day.reduce((sum, shift) => sum + shift.operators, 0)));
    return [
      ...(most <= operators ? [] : [`${tier}: ${most} shifts on a day`]),
      ...(all <= 6 * operators ? [] : [`${tier}: ${all} shifts`]),
      ...(hours <= weeklyHours + 1e-6 ? [] : [`${tier}: ${hours} hours`]),
    ];
  });

/** Price of so many operators in a slot, by the rules of the shifts model. */
const slotPrices = (
  { horizon, requirement, tiers, shifts, people }: CoverRequest,
  index: number,
): ((slot: number, operators: number) => number) => {
  const need = requirement[index];
  const shrinkage = shrinkageByInterval(
    tiers.find(({ tier }) => tier === need?.tier)?.shrinkage ?? 0,
    horizon,
  );
  const isLimited = people?.some(({ tier }) => tier === need?.tier) === true;
  const { underPerHour, severeUnderPerHour, overPerHour, mildUnderShare } = shifts.prices;
  const severe = Math.max(severeUnderPerHour, underPerHour);
  return (slot, operators) => {
    const interval = Math.floor((slot * step) / horizon.intervalMinutes);
    const wanted = Math.ceil((need?.operators[interval] ?? 0) / (1 - (shrinkage[interval] ?? 0)) - 1e-9);
    let price = Math.max(0, operators - wanted) * overPerHour;
    const mildest = Math.floor(mildUnderShare * wanted) + 1;
    const deep = isLimited ? Math.max(Math.floor(wanted / 2), Math.min(mildest, wanted - 1), 0) : Infinity;
    for (let missing = 1; missing <= wanted - operators; missing += 1)
      price += missing > deep ? 2 * severe : missing > mildest ? severe : underPerHour;
    return (price * step) / 60;
  };
};

/**
 * Least price of a slot over every lending of operators who are there: units go round cycles of people, seats and links that
 * save, until none does. Whoever is borrowed is not lent on.
 */
const leastPrice = (
  { requirement, tierMayCover = [] }: CoverRequest,
  prices: readonly ((operators: number) => number)[],
  heads: number[],
): number => {
  const own = [...heads];
  const tiers = own.length;
  const links = [
    ...tierMayCover.map(({ from, to, pricePerHour }) => ({
      from: tiers + requirement.findIndex(({ tier }) => tier === from),
      to: requirement.findIndex(({ tier }) => tier === to),
      price: (pricePerHour * step) / 60,
      lent: 0,
    })),
    ...own.map((count, k) => ({ from: tiers + k, to: k, price: 0, lent: count })),
  ];
  const priceOf = (k: number, by: number): number => {
    const price = prices[k];
    return price === undefined ? 0 : price((own[k] ?? 0) + by) - price(own[k] ?? 0);
  };
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (let from = 0; from < own.length && !isBetter; from += 1) {
      // Bellman and Ford from a seat, over loans made and taken back: seats first, then people.
      const cost = [...own, ...own].map((_, k) => (k === from ? priceOf(from, -1) : Infinity));
      const via: (readonly [number, 1 | -1] | undefined)[] = cost.map(() => undefined);
      for (let pass = 1; pass < cost.length; pass += 1) {
        for (const [i, link] of links.entries()) {
          const on = (cost[link.from] ?? Infinity) + link.price;
          if (on < (cost[link.to] ?? Infinity) - 1e-9) {
            cost[link.to] = on;
            via[link.to] = [i, 1];
          }
          const back = (cost[link.to] ?? Infinity) - link.price;
          if (link.lent > 0 && back < (cost[link.from] ?? Infinity) - 1e-9) {
            cost[link.from] = back;
            via[link.from] = [i, -1];
          }
        }
      }
      const saved = own.map((_, k) => (k === from ? 0 : (cost[k] ?? Infinity) + priceOf(k, 1)));
      const to = saved.indexOf(Math.min(...saved));
      if ((saved[to] ?? 0) > -1e-6 || to === from) continue;
      isBetter = true;
      own[from] = (own[from] ?? 0) - 1;
      own[to] = (own[to] ?? 0) + 1;
      for (let k = to; k !== from;) {
        const [i, by] = via[k] ?? [0, 1];
        const link = links[i];
        if (link === undefined) break;
        link.lent += by;
        k = by === 1 ? link.from : link.to;
      }
    }
  }
  return (
    own.reduce((sum, count, k) => sum + (prices[k]?.(count) ?? 0), 0) +
    links.reduce((sum, { lent, price }) => sum + lent * price, 0)
  );
};
