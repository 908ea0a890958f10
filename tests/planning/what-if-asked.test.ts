import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { isWhatIf } from '../../src/contract/plan-states.ts';
import { planRequestSchema } from '../../src/contract/http/job-requests.ts';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import type { HoursInUse } from '../../src/contract/models/model-fields.ts';
import { problemsOf } from '../support/problems-of.ts';
import { minuteOf } from '../../src/kernel/time-window.ts';
import { takeWork } from '../../src/kernel/work.ts';
import { explainRequirement } from '../../src/planning/explain-requirement.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import type { Models, Ports } from '../../src/planning/ports.ts';
import { readWhatIf } from '../../src/planning/week/what-if.ts';
import { whatIfRequested } from '../../src/render/plan-changes.ts';
import { renderPlanText } from '../../src/render/plan-text.ts';
import { figuresOf } from '../../src/words/figures.ts';
import { speak } from '../../src/words/speak.ts';
import { isUnread, whatIfRequest } from '../../src/web/plan/what-if-panel.tsx';
import { isLongRun } from '../support/sweep.ts';
import { openCopy } from '../support/test-site.ts';

const model = (name: 'shifts' | 'tiers' | 'hotline'): unknown =>
  modelSchemas[name].parse(
    JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')),
  );
const models = { shifts: model('shifts'), tiers: model('tiers'), hotline: model('hotline') } as Models;
const always: HoursInUse = {
  source: 'learnt',
  week: Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' })),
  learnt: Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' })),
};
const read = (request: Parameters<typeof readWhatIf>[2]) => readWhatIf(models, always, request);
const startsOf = ({ models: { shifts } }: ReturnType<typeof read>): Record<string, string> =>
  Object.fromEntries(
    shifts.templates.map(({ template, earliestStart, latestStart }) => [
      template,
      `${earliestStart}–${latestStart}`,
    ]),
  );

describe('what a planner asks of one plan', () => {
  test('nothing asked leaves all as it is', () => {
    const nothing = read({});
    expect([nothing.asked, nothing.hours]).toEqual([[], always]);
    expect(nothing.models).toEqual(models);
    const people = [{ tier: 'general', operators: 40, weeklyHours: 1600 }];
    expect(nothing.withPeople(people)).toBe(people);
  });

  test('a latest start, a shift more and one less change the shifts alone', () => {
    const found = read({
      latestStart: ['late=20:00', 'night=00:30', 'day=21:00'],
      addShift: ['late@18:00', 'late@18:00-19:00'],
      dropShift: ['early'],
    });
    const [before, after] = [startsOf(read({})), startsOf(found)];
    expect(after).toEqual({
      ...Object.fromEntries(Object.entries(before).filter(([key]) => key !== 'early')),
      late: '12:30–20:00',
      // Longer than half a day, and not over midnight.
      day: '08:00–21:00',
      night: '21:00–00:30',
      'late-1800': '18:00–18:00',
      'late-1800-2': '18:00–19:00',
    });
    expect(found.asked.map(({ what }) => what)).toEqual([
      'latest-start',
      'latest-start',
      'latest-start',
      'drop-shift',
      'add-shift',
      'add-shift',
    ]);
    expect(found.models.hotline).toBe(models.hotline);
  });

  test('people of a tier come with the hours that its people have on the mean, and none are fewer than none', () => {
    const people = [
      { tier: 'general', operators: 40, weeklyHours: 1500 },
      { tier: 'enterprise', operators: 5, weeklyHours: 200 },
    ];
    expect(read({ people: ['general=-4', 'enterprise=+1'] }).withPeople(people)).toEqual([
      { tier: 'general', operators: 36, weeklyHours: 1350 },
      { tier: 'enterprise', operators: 6, weeklyHours: 240 },
    ]);
    expect(read({ people: ['enterprise=-9'] }).withPeople(people)[1]?.operators).toBe(0);
  });

  test('opening hours are given for all days or for some, over the end of the week too', () => {
    const { hours, models: asked } = read({ openingHours: ['08:00-20:00', '6-1=09:00-00:00', '7=closed'] });
    const [day, short] = [
      { from: '08:00', to: '20:00' },
      { from: '09:00', to: '24:00' },
    ];
    expect(hours.week).toEqual([short, day, day, day, day, short, null]);
    expect([hours.source, asked.hotline.openingHours]).toEqual(['stated', hours.week]);
  });

  test.each([
    [{ latestStart: ['late 20:00'] }, 'what-if-latestStart'],
    [{ latestStart: ['late=25:00'] }, 'what-if-latestStart'],
    [{ latestStart: ['evening=20:00'] }, 'what-if-no-such-shift'],
    [{ latestStart: ['night=20:00'] }, 'what-if-latest-before-earliest'],
    [{ addShift: ['late'] }, 'what-if-addShift'],
    [{ dropShift: ['early', 'day', 'late', 'night', 'part-time'] }, 'what-if-no-shift-left'],
    [{ people: ['general'] }, 'what-if-people'],
    [{ people: ['nobody=3'] }, 'what-if-no-such-tier'],
    [{ openingHours: ['08:00'] }, 'what-if-openingHours'],
    [{ openingHours: ['8=08:00-20:00'] }, 'what-if-openingHours'],
    [{ openingHours: ['08:00-08:00'] }, 'what-if-openingHours'],
  ])('%o is refused: %s', async (request, rule) => {
    const problems = await problemsOf(Promise.resolve().then(() => read(request)));
    expect(problems.map((problem) => problem.rule)).toEqual([rule]);
  });

  test('people are asked of tiers that have some on record', async () => {
    const asked = read({ people: ['general=+1'] });
    const problems = await problemsOf(Promise.resolve().then(() => asked.withPeople([])));
    expect(problems.map(({ rule }) => rule)).toEqual(['what-if-no-people']);
  });

  test('the page’s form asks by the same request, a half-filled pair of fields nothing', () => {
    const request = whatIfRequest({
      seconds: -30,
      shift: 'late',
      latest: '9:30',
      dropped: 'night',
      like: 'day',
      from: '10:00',
      tier: 'general',
      people: 2,
      opens: '08:00',
      closes: '24:00',
    });
    expect(planRequestSchema.parse(request)).toMatchObject({
      handleTimeSeconds: -30,
      latestStart: ['late=09:30'],
      dropShift: ['night'],
      addShift: ['day@10:00'],
      people: ['general=2'],
      openingHours: ['08:00-24:00'],
    });
    expect(
      whatIfRequest({ seconds: 0, shift: 'late', latest: '2', tier: 'general', opens: '08:00' }),
    ).toEqual({});
  });

  test.each([
    [{ opens: '25:00', closes: '20:00' }, true],
    [{ opens: '24:00' }, true],
    [{ opens: '08:00', closes: '24:00' }, false],
    [{ closes: '24:00' }, true],
    [{ like: 'late' }, true],
    [{ seconds: -10, from: '18:00' }, true],
    [{ tier: 'general', people: 0 }, true],
    [{ shift: 'late', latest: '20:00', like: 'late', from: '18:00', tier: 'general', people: -1 }, false],
    [{ latest: '2' }, true],
    [{ seconds: -999 }, true],
    [{ people: 1000 }, true],
    [{ factors: { patience: -91 } }, true],
    [{ seconds: -600, people: null, factors: { patience: 900 } }, false],
    [{}, false],
  ])('%j typed into the form, halves of pairs and what no day has, stops it: %s', (typed, stops) =>
    expect(isUnread(typed)).toBe(stops),
  );
});

describe('a plan that was asked so', () => {
  let close: () => Promise<void>;
  let ports: Ports;
  let own: PlanDocument;
  let plan: PlanDocument;
  beforeAll(async () => {
    ({ ports, close } = await openCopy('plan', { program: 'this one' }));
    own = (await ports.store.plan()) as PlanDocument;
    plan = await planWeek(ports, {
      week: own.week,
      seed: 1,
      handleTimeSeconds: -30,
      addShift: ['day@11:00'],
      dropShift: ['night'],
      people: ['general=+2'],
      openingHours: ['08:00-20:00'],
    });
  }, 300_000);
  afterAll(() => close());

  test('is a what-if that says what it was asked, beside a plan that stays as it is', async () => {
    expect(isWhatIf(plan.id)).toBe(true);
    const asked = whatIfRequested(plan);
    expect(asked === undefined ? '' : speak('en', 'page').say(asked)).toMatch(
      /^handle time −30 s, without shift Night, shift Day 11:00 added, .+ \+2, open 08:00-20:00$/,
    );
    expect((await ports.store.planOfWeek(own.week))?.id).toBe(own.id);
    expect((await ports.store.plans()).find(({ id }) => id === plan.id)?.whatIf).toEqual(plan.whatIf);
  });

  test('stands beside the plan of its week in the terminal', () => {
    const shown = renderPlanText(plan, 'en', own);
    expect(shown).toContain(`Compared with the week's plan, ${own.id}:`);
    const { requiredOperatorHours: after } = plan.total;
    const { requiredOperatorHours: before } = own.total;
    expect(shown).toContain(
      `· Required hours ${figuresOf('en').count(before)} → ${figuresOf('en').count(after)}`,
    );
    expect(renderPlanText(plan, 'en')).not.toContain("Compared with the week's plan");
  });

  test('takes calls of so many seconds less, the shifts and people asked, and nobody outside the hours', () => {
    const handled = (document: PlanDocument) =>
      document.grounds?.find(({ ground }) => ground === 'handle-time')?.value ?? 0;
    expect(handled(plan)).toBeCloseTo(handled(own) - 30, 0);
    expect(plan.shifts.some(({ template }) => template === 'night')).toBe(false);
    for (const { template, start } of plan.shifts)
      if (template === 'day-1100') expect(minuteOf(start)).toBe(660);
    const people = (document: PlanDocument) =>
      document.madeWith?.people?.find(({ tier }) => tier === 'general')?.operators ?? 0;
    expect(people(plan)).toBe(people(own) + 2);
    for (const [i, start] of plan.starts.entries()) {
      const isOpen = start.slice(11) >= '08:00' && start.slice(11) < '20:00';
      const required = plan.tiers.reduce((sum, tier) => sum + (tier.required[i] ?? 0), 0);
      expect(required > 0).toBe(isOpen);
    }
  });

  test('another one about shifts and people takes up the operators that are the same, to the last figure', async () => {
    const request = {
      week: own.week,
      seed: 1,
      handleTimeSeconds: -30,
      addShift: ['day@13:00'],
      people: ['general=+1'],
      openingHours: ['08:00-20:00'],
    };
    takeWork();
    const taken = await planWeek(ports, request);
    expect(takeWork().mixesJudged).toBe(0);
    if (isLongRun) {
      const { program: _, ...forgetful } = ports;
      const anew = await planWeek(forgetful, request);
      expect(takeWork().mixesJudged).toBeGreaterThan(100);
      expect({ ...taken, createdAt: '' }).toEqual({ ...anew, createdAt: '' });
    }
  }, 300_000);

  test('what assumptions cost is not in a what-if; asked for afterwards it is what a plan says of them', async () => {
    expect([plan.variants, plan.tenths, plan.certain]).toEqual([[], [], undefined]);
    const { variants, tenths, certain } = own;
    const [document, operation] = [
      { ...own, variants: [], tenths: [] },
      await ports.store.plannedOperation(own.id),
    ];
    const store = { ...ports.store, plan: async () => document, plannedOperation: async () => operation };
    const asked = { plan: own.id, curve: 'none', prices: true } as const;
    const found = await explainRequirement({ ...ports, store }, asked);
    expect(found.prices).toEqual({ variants, tenths, certain });
    expect(variants.length).toBeGreaterThan(3);
    takeWork();
    expect((await explainRequirement({ ...ports, store }, asked)).prices).toEqual(found.prices);
    expect(takeWork().mixesJudged).toBe(0);
    expect((await explainRequirement(ports, asked)).prices).toEqual(found.prices);
    expect((await explainRequirement(ports, { ...asked, prices: false })).prices).toBeUndefined();
  }, 300_000);
});
