import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursLevels, type HoursStep } from '../../src/contract/documents/hours-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { weekHorizon } from '../../src/planning/operation/week-horizon.ts';
import { operatorHoursOf, writeHoursChain, writeRelease } from '../../src/planning/week/write-total.ts';
import { planDecisions } from '../../src/render/plan-decisions.ts';
import { planAccounts, planHours, planSaving } from '../../src/render/plan-changes.ts';
import { shortageOf } from '../../src/contract/shortages.ts';
import { speak } from '../../src/words/speak.ts';
import { smallPlan } from '../support/small-plan.ts';

const week = weekHorizon('2026-W48', 'Asia/Shanghai', 60);
const shrinkage = 0.25;
const templates = [
  { template: 'day', hours: 8, breaks: [{ minutes: 60, earliestHours: 3, latestHours: 5, paid: false }] },
  { template: 'half', hours: 4, breaks: [] },
].map((own) => ({
  ...own,
  name: { 'zh-CN': own.template, en: own.template },
  earliestStart: '00:00',
  latestStart: '23:30',
  startEveryMinutes: 30,
  costFactor: 1,
}));

const shiftsOf = fc.array(
  fc.record({
    day: fc.nat(6),
    kind: fc.nat(1),
    start: fc.integer({ min: 0, max: 47 }),
    operators: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The parts of a plan of one tier with these shifts, each break in its fourth hour, and operators required by interval. */
const planned = (
  drawn: readonly { day: number; kind: number; start: number; operators: number }[],
  required: readonly number[],
) => {
  const shifts = drawn.map(({ day, kind, start, operators }) => {
    const { template, hours, breaks } = templates[kind] as (typeof templates)[number];
    const startMinute = 30 * start;
    return {
      tier: 'a',
      date: week.dates[day] as string,
      template,
      startMinute,
      endMinute: startMinute + 60 * hours,
      operators,
      breaks: breaks.map(({ minutes }) => ({ startMinute: startMinute + 180, minutes, operators })),
      cost: 10 * hours * operators,
    };
  });
  const scheduled = readyOf(shifts);
  const tier = {
    tier: 'a',
    name: { 'zh-CN': 'a', en: 'a' },
    queues: ['q'],
    required: [...required],
    scheduled,
  };
  const tiers = [tier] as unknown as PlanDocument['tiers'];
  const parts = {
    week,
    models: { shifts: { templates }, tiers: { tiers: [{ tier: 'a', shrinkage }] } },
    schedule: { shifts },
  } as unknown as Parameters<typeof writeRelease>[0];
  const hours = {
    requiredOperatorHours: required.reduce((sum, each) => sum + each, 0),
    scheduledOperatorHours: scheduled.reduce((sum, each) => sum + each, 0),
  };
  return { parts, tiers, hours, shifts };
};

type Shift = {
  readonly date: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly operators: number;
  readonly breaks: readonly { readonly startMinute: number; readonly minutes: number }[];
};

/** Ready operators by hour of a week that closes on itself, minute by minute. */
const readyOf = (shifts: readonly Shift[]): number[] => {
  const ready = Array.from({ length: 168 }, () => 0);
  for (const { date, startMinute, endMinute, operators, breaks } of shifts)
    for (let minute = startMinute; minute < endMinute; minute += 30) {
      if (breaks.some((own) => minute >= own.startMinute && minute < own.startMinute + own.minutes)) continue;
      const at = (24 * week.dates.indexOf(date) + Math.floor(minute / 60)) % 168;
      ready[at] = (ready[at] ?? 0) + (operators * (1 - shrinkage)) / 2;
    }
  return ready;
};

/** Whether the steps between two levels sum to their difference. */
const addsUp = (chain: readonly HoursStep[]): boolean => {
  let running = chain[0]?.hours ?? 0;
  return chain.every(({ step, hours }, at) => {
    if (at === 0) return true;
    if (hoursLevels.includes(step)) return Math.abs(running - hours) < 1e-6;
    running += hours;
    return true;
  });
};

const needs = fc.array(fc.nat(3), { minLength: 168, maxLength: 168 });

/** What a plan may say of its surplus: where most of it is, a shift that can go, the shortest shift there is. */
const stretches = [{ date: '2026-11-23', from: '08:00', to: '10:00', most: 1.5, hours: 3 }];
const gone = { tier: 'general', template: 'day', start: '08:00', operators: 1, paidHours: 7, wages: 80 };
const shortest = { template: 'half', name: { 'zh-CN': 'half', en: 'half' }, hours: 4 };

describe('the hours of a plan', () => {
  test('each step from required to paid hours is told, and they add up', () => {
    fc.assert(
      fc.property(shiftsOf, needs, (drawn, required) => {
        const { parts, tiers, hours, shifts } = planned(drawn, required);
        const chain = writeHoursChain(parts, tiers, hours);
        expect(addsUp(chain)).toBe(true);
        const at = (step: HoursStep['step']) => chain.find((each) => each.step === step)?.hours;
        expect(at('short')).toBeCloseTo(
          -required.reduce((sum, need, i) => sum + Math.max(0, need - (tiers[0]?.scheduled[i] ?? 0)), 0),
          6,
        );
        expect(at('exchanged')).toBeCloseTo(0, 6);
        const paid = shifts.reduce((sum, own) => sum + own.operators * (own.template === 'day' ? 7 : 4), 0);
        expect(at('paid')).toBeCloseTo(paid, 6);
        // Of those on shift and not on a break a quarter is not ready.
        expect(at('shrinkage')).toBeCloseTo(hours.scheduledOperatorHours / 3, 6);
      }),
      { numRuns: 100 },
    );
  });

  test('shifts that are said to go leave no interval shorter than it was', () => {
    fc.assert(
      fc.property(shiftsOf, needs, (drawn, required) => {
        const { parts, tiers, shifts } = planned(
          drawn,
          required.map((need, i) => (i % 5 === 0 ? need : 0)),
        );
        const release = writeRelease(parts, tiers);
        const left = shifts.map((own) => ({ ...own }));
        for (const gone of release.shifts) {
          const own = left.find(
            ({ date, template, startMinute, operators }) =>
              date === gone.date &&
              template === gone.template &&
              startMinute === 60 * Number(gone.start.slice(0, 2)) + Number(gone.start.slice(3)) &&
              operators >= gone.operators,
          );
          expect(own).toBeDefined();
          if (own !== undefined) own.operators -= gone.operators;
        }
        const ready = readyOf(left);
        for (const [i, need] of (tiers[0]?.required ?? []).entries())
          expect(ready[i]).toBeGreaterThanOrEqual(Math.min(need, tiers[0]?.scheduled[i] ?? 0) - 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  test('a surplus goes where a whole shift can; where none can, the shortest shift is named as the limit', () => {
    const required = Array.from({ length: 168 }, (_, i) => (i >= 9 && i < 13 ? 1 : 0));
    const two = [0, 1].map(() => ({ day: 0, kind: 1, start: 18, operators: 1 }));
    const { parts, tiers } = planned([...two, { day: 2, kind: 0, start: 16, operators: 1 }], required);
    const release = writeRelease(parts, tiers);
    // Two on duty give 1.5 of 1 required: neither of them can go, the one nobody requires can.
    expect(release.shifts).toEqual([
      {
        tier: 'a',
        date: '2026-11-25',
        template: 'day',
        start: '08:00',
        operators: 1,
        paidHours: 7,
        wages: 80,
      },
    ]);
    expect(release.shortest).toMatchObject({ template: 'half', hours: 4 });
    const plan = smallPlan({ scheduled: 11 });
    const scheduleCost = { cost: 110, bound: 100, gap: 0.1 };
    const total = { ...plan.total, release };
    const decisions = planDecisions({ ...plan, scheduleCost, total });
    expect(decisions.map(({ code }) => code)).toEqual(['decide-release']);
    expect(decisions.map((said) => speak('en', 'page').say(said))).toEqual([
      '1 shift can be dropped without leaving any interval short: 7 paid hours, 80 yuan (Wed 25 Nov 1). Drop it?',
    ]);
    const kept = {
      ...plan,
      scheduleCost,
      total: { ...plan.total, release: { ...release, stretches, shifts: [] } },
    };
    expect(planHours(kept).map((said) => speak('en', 'page').say(said))).toEqual([
      expect.stringMatching(/no whole shift can be dropped: the shortest, half, lasts 4 hours/),
      'These shifts cost at most 10.0% more than the cheapest possible: cheaper ones may exist.',
    ]);
    expect(planHours({ ...kept, scheduleCost: { ...scheduleCost, gap: 0.02 } })).toHaveLength(1);
  });

  test('required hours that are saved are accounted for: on duty, short, beyond', () => {
    const before = smallPlan();
    const tiers = before.tiers.map((tier) => ({ ...tier, required: tier.required.map(() => 8) }));
    const after = {
      ...before,
      tiers,
      scheduleCost: { cost: 110, bound: 100, gap: 0.097 },
      total: { ...before.total, requiredOperatorHours: 2172, paidHours: 3188 },
    };
    const saving = planSaving(before, after);
    expect(saving?.values).toMatchObject({ required: 28, ready: 0, paid: 12, short: 5, beyond: 23 });
    if (saving === undefined) return;
    expect(speak('en', 'page').say(saving)).toBe(
      '28 fewer hours are required: 0 fewer on duty, 5 fewer short, 23 more beyond the requirement; 12 fewer paid. These shifts cost at most 9.7% more than the cheapest possible: cheaper ones may exist.',
    );
    expect(planSaving(before, before)).toBeUndefined();
  });

  test('whatever two plans stand beside each other, a saving adds up as it is read, and its limit is named', () => {
    const row = fc.array(fc.nat({ max: 12 }), { minLength: 28, maxLength: 28 });
    const drawn = fc.record({
      rows: fc.tuple(row, row, row, row),
      paid: fc.tuple(fc.double({ min: 200, max: 900, noNaN: true }), fc.nat(60)),
      gap: fc.double({ min: 0, max: 0.2, noNaN: true }),
      canGo: fc.boolean(),
    });
    const told = new Set<string>();
    fc.assert(
      fc.property(drawn, ({ rows, paid, gap, canGo }) => {
        const planOf = (required: readonly number[], scheduled: readonly number[], paidHours: number) => {
          const own = smallPlan();
          const hours = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / 2;
          const shifts = canGo ? [{ ...gone, date: own.days[2]?.date ?? '' }] : [];
          return {
            ...own,
            tiers: own.tiers.map((tier) => ({ ...tier, required: [...required], scheduled: [...scheduled] })),
            scheduleCost: { cost: 100 * (1 + gap), bound: 100, gap },
            total: {
              ...own.total,
              requiredOperatorHours: hours(required),
              scheduledOperatorHours: hours(scheduled),
              paidHours,
              release: { spareHours: 20, stretches, shifts, shortest },
            },
          };
        };
        const [before, after] = [
          planOf(
            rows[0].map((need, i) => need + (rows[1][i] ?? 0)),
            rows[2],
            paid[0],
          ),
          planOf(rows[0], rows[3], paid[0] - paid[1]),
        ];
        const [was, is] = [before, after].map(({ total }) => total.requiredOperatorHours);
        const saving = planSaving(before, after);
        expect(saving === undefined).toBe(Math.round(was ?? 0) - Math.round(is ?? 0) < 8);
        if (saving === undefined) return;
        const of = saving.values as unknown as Readonly<Record<string, number>>;
        expect(of['required']).toBe((of['ready'] ?? 0) + (of['short'] ?? 0) + (of['beyond'] ?? 0));
        // Each part is what the plans themselves have, to the rounding of the figures that it is taken from.
        const grown = shortageOf(after).spare - shortageOf(before).spare;
        expect(Math.abs((of['beyond'] ?? 0) - grown)).toBeLessThanOrEqual(3);
        const said = speak('en', 'page').say(saving);
        expect(said.includes('cheaper ones may exist')).toBe(gap > 0.03);
        const limit = canGo
          ? 'Whole shifts of 7 paid hours can still be dropped'
          : 'None of the surplus adds up to a whole shift that could be dropped (the shortest lasts 4 hours)';
        expect(said.includes(limit)).toBe(canGo || (of['beyond'] ?? 0) >= 4);
        told.add(`${canGo} ${said.includes(limit)} ${gap > 0.03}`);
        const asked = planDecisions(after).map(({ code }) => code);
        expect(asked.includes('decide-release')).toBe(canGo);
        expect(planHours(after).map(({ code }) => code)).toEqual([
          'hours-beyond',
          ...(gap > 0.03 ? ['search-stopped'] : []),
        ]);
      }),
      { numRuns: 1000 },
    );
    expect(told.size).toBeGreaterThanOrEqual(5);
  });

  test('a day that gets worse for another’s calls, and hot that rises while more is short, are accounted for', () => {
    const own = smallPlan();
    const week = own.days.map((day) => ({ ...day, shifts: 70 }));
    const before = { ...own, days: week, total: { ...own.total, paidHours: 3200 } };
    const days = before.days.map((day, at) => ({
      ...day,
      shifts: day.shifts + (at === 2 ? 4 : at === 6 ? -2 : 0),
      calls: at === 2 ? { ...day.calls, mean: 1.2 * (day.calls.mean ?? 0) } : day.calls,
    }));
    const said = (after: typeof before): string[] =>
      planAccounts(before, after).map((one) => speak('en', 'page').say(one));
    expect(said(before)).toEqual([]);
    const [moved = ''] = said({ ...before, days });
    expect(moved).toMatch(/^Shifts move between days: Wed .* \+4, Sun .* −2\./);
    // With more paid hours nothing is taken from another day for it.
    expect(said({ ...before, days, total: { ...before.total, paidHours: 3400 } })).toEqual([]);
    const windows = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00', share: 1 }];
    const madeWith = { settings: { monitor: { windows } }, events: [] };
    const night = (plan: typeof before, required: number): typeof before => ({
      ...plan,
      madeWith,
      tiers: plan.tiers.map((tier) => ({
        ...tier,
        required: tier.required.map((_, i) =>
          (plan.starts[i] ?? '').slice(11) < '06:00' ? (tier.scheduled[i] ?? 0) + required : 0,
        ),
      })),
    });
    const better = night(before, 2);
    const bandChances = { ...better.monitoring.bandChances, hot: better.monitoring.bandChances.hot + 0.05 };
    const hot = planAccounts(night(before, 1), {
      ...better,
      monitoring: { ...better.monitoring, bandChances },
    });
    expect(hot.map((one) => speak('en', 'page').say(one)).join()).toMatch(
      /^The chance of hot depends on the times at which the monitor calls: hours short then 0 → 0, at other times \d+ → \d+\./,
    );
  });

  test('what to do about a shortage is asked by what keeps it open', () => {
    const asked = (code: string, values: object, leave?: PlanDocument['total']['leave']): string => {
      const small = smallPlan();
      const plan = {
        ...small,
        total: { ...small.total, ...(leave === undefined ? {} : { leave }) },
        relaxed: [{ code, values: { operatorHours: 12, ...values } }],
      };
      const short = planDecisions(plan).find((said) => said.code === 'decide-short');
      return short === undefined ? '' : speak('en', 'page').say(short);
    };
    expect(asked('people-used-up', { rule: { code: 'most-paid-hours', values: { hours: 200 } } })).toMatch(
      /Everybody on the books is used \(200 paid hours\): more people, overtime, lower targets, or accept it\?$/,
    );
    // Nobody is hired while hours of those on the books are kept for leave that nobody has booked.
    const rule = { rule: { code: 'most-paid-hours', values: { hours: 200 } } };
    expect(asked('people-used-up', rule, { keptHours: 290.3, bookedHours: 80 })).toContain(
      'is used (200 paid hours; about 290 hours kept for leave, 80 of them booked): first use the hours kept for leave that nobody has booked; if that is not enough, more people',
    );
    expect(asked('people-used-up', rule, { keptHours: 85, bookedHours: 80 })).not.toContain('leave');
    // Of one tier: its name, not the whole line's.
    expect(
      asked('people-used-up', {
        tier: { 'zh-CN': '综合座席', en: 'General operators' },
        rule: { code: 'most-paid-hours', values: { hours: 200 } },
      }),
    ).toContain('General operators: everybody on the books is used (200 paid hours)');
    expect(asked('no-template-reaches', {})).toMatch(
      /No shift reaches these times: add a shift, move a start/,
    );
    expect(asked('filling-costs-more', {})).toMatch(
      /costs more than the price set on a shortage: raise that price/,
    );
  });
});

test('hours of rows of operators are a head for so many minutes each, within the intervals asked for', () => {
  const row = fc.array(fc.nat(50), { minLength: 12, maxLength: 12 });
  const minutes = fc.constantFrom(5, 15, 30, 60);
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 3 }),
      fc.nat(12),
      fc.nat(12),
      minutes,
      (rows, one, other, each) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        // Heads beside one another, minute by minute.
        let worked = 0;
        for (const own of rows)
          own.forEach((heads, i) => {
            for (let minute = 0; minute < each; minute += 1) if (i >= from && i < to) worked += heads;
          });
        expect(operatorHoursOf(rows, from, to, each)).toBeCloseTo(worked / 60, 9);
      },
    ),
  );
});
