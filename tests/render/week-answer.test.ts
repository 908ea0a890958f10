import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { shortageOf, shortAt, targetsHeld } from '../../src/contract/shortages.ts';
import { rosterTargets, weekAnswer, weekAnswers, weekVerdict } from '../../src/render/week-answer.ts';
import { answerFinding } from '../../src/render/answer-findings.ts';
import { changeReasons } from '../../src/render/change-reasons.ts';
import { planChanges } from '../../src/render/plan-changes.ts';
import { planDecisions } from '../../src/render/plan-decisions.ts';
import { shortageTitle } from '../../src/render/week-tables.ts';
import { untranslated } from '../../src/kernel/text.ts';
import { figuresOf } from '../../src/words/figures.ts';
import { speak } from '../../src/words/speak.ts';
import { smallPlan } from '../support/small-plan.ts';

const said = (finding: Parameters<ReturnType<typeof speak>['say']>[0]): readonly [string, string] => [
  speak('zh-CN', 'page').say(finding),
  speak('en', 'page').say(finding),
];

describe('the week in one sentence', () => {
  test('says calls, who is missing when, rate, chance, paid hours and wages with their currency', () => {
    expect(said(weekAnswer(smallPlan()))).toEqual([
      '目标能否达成？能：按全天计，每天都达标；但 5 个时段缺人，共 13 工时，工作日上午为主，约缺 5 人。本周首次来电约 25,756 通；接通率 95.8%，监测评为“热线”档的概率 73%；付薪 3,200 工时，工资 192,323 元。',
      'Are the targets met? Yes for each day as a whole, with 5 intervals short of people, by 13 hours in all, mostly on weekday mornings: about 5 people. 25,756 first-time calls; 95.8% connected, 73% chance of hot; 3,200 paid hours, 192,323 yuan.',
    ]);
  });

  test('says yes where nobody is missing and every day meets its targets, and names other money', () => {
    const plan = smallPlan({ scheduled: 10 });
    const answer = weekAnswer({ ...plan, total: { ...plan.total, currency: 'GBP' } });
    expect(said(answer)[0]).toMatch(/^目标能否达成？能：每天、每个时段都达标。/);
    expect(said(answer)[1]).toMatch(
      /^Are the targets met\? Yes, on every day and in every interval\. 25,756/,
    );
    expect(said(answer)[1]).toContain('£192,323');
  });

  test('says what is needed, and not yes, where no people are known, in the same words everywhere', () => {
    const none = { settings: {}, people: [], events: [] };
    const held: PlanDocument = { ...smallPlan({ scheduled: 10 }), madeWith: none };
    const short: PlanDocument = { ...smallPlan(), madeWith: none };
    for (const answer of [weekAnswer, (plan: PlanDocument) => weekVerdict(plan)[0]]) {
      expect(said(answer(held))[0]).toMatch(
        /^目标能否达成？尚未导入座席名册，只能说需要多少人；若所需人员全部到岗，能：每天、每个时段都达标。/,
      );
      expect(said(answer(held))[1]).toMatch(
        /^Are the targets met\? There is no staff list, so this is what is needed, not what you have\. With all these people: Yes, on every day/,
      );
      expect(said(answer(short))[1]).toMatch(/With all these people: Yes for each day as a whole, with \d/);
    }
    expect(weekAnswers(held)[0]).toMatchObject({ values: { noPeople: true } });
    expect(planDecisions(held)[0]?.code).toBe('decide-no-people');
    expect(planDecisions({ ...held, madeWith: undefined })[0]?.code).not.toBe('decide-no-people');
  });

  test('a plan of an older version has hours on duty in the place of paid ones', () => {
    const plan = smallPlan();
    const { paidHours, wages, currency, ...total } = plan.total;
    void [paidHours, wages, currency];
    expect(said(weekAnswer({ ...plan, total }))[1]).toMatch(/2,167 hours on duty\.$/);
  });

  test('those of other tiers who stand in are not missing', () => {
    const plan = smallPlan();
    const helped = plan.tiers.map((tier) => ({ ...tier, standIns: tier.required.map(() => 5) }));
    expect(targetsHeld({ ...plan, tiers: helped }).short).toBeNull();
  });
});

test('the page says in thirty words whether the targets hold, and the rest beside it', () => {
  const short = smallPlan();
  const missing = {
    ...short,
    days: short.days.map((day, d) => ({
      ...day,
      connectionRate: { ...day.connectionRate, mean: d === 3 ? 0.949 : 0.96 },
    })),
  };
  const [verdict, detail] = weekVerdict(short).map((each) => said(each));
  expect(verdict).toEqual([
    '目标能否达成？能：按全天计，每天都达标；但 28 个时段中有 5 个缺人，最多缺 5 人（11/23周一 10:00）。',
    'Are the targets met? Yes for each day as a whole, with 5 of 28 intervals short of people, by 5 at most (Mon 23 Nov 10:00).',
  ]);
  expect(detail?.[1]).toMatch(
    /^5 intervals short of people, by 13 hours .* 25,756 first-time calls; .*judged by the average/,
  );
  expect(said(weekVerdict(missing)[0])[1]).toBe(
    'Are the targets met? No: the plan misses them on 1 day (lowest Thu 26 Nov: 94.9% connected, target 95.0%).',
  );
  expect(said(weekVerdict(smallPlan({ scheduled: 10 }))[0])[1]).toBe(
    'Are the targets met? Yes, on every day and in every interval.',
  );
  // One answer in both places: the verdict, and the sentence of two plans side by side.
  for (const plan of [short, missing, smallPlan({ scheduled: 10 })])
    for (const language of [0, 1])
      expect(said(weekVerdict(plan)[0])[language]?.slice(0, language === 0 ? 8 : 23)).toBe(
        said(weekAnswer(plan))[language]?.slice(0, language === 0 ? 8 : 23),
      );
  for (const plan of [short, missing, smallPlan({ scheduled: 10 })])
    expect(said(weekVerdict(plan)[0])[1].split(' ').length).toBeLessThanOrEqual(32);
});

test('one moment is the worst, in the sentence and in the three of the report alike', () => {
  const plan = smallPlan();
  const at = plan.starts.indexOf('2026-11-28T20:00');
  const tiers = plan.tiers.map((tier) => ({
    ...tier,
    scheduled: tier.scheduled.map((people, i) => (i === at ? 2 : people)),
  }));
  const [chinese, english] = said(weekAnswer({ ...plan, tiers }));
  expect(chinese).toContain('工作日上午为主，约缺 5 人，周末晚间最多缺 8 人（11/28周六 20:00）');
  expect(english).toContain(
    'mostly on weekday mornings: about 5 people, and on weekend evenings up to 8 (Sat 28 Nov 20:00)',
  );
  const people = weekAnswers({ ...plan, tiers }).find(({ code }) => code === 'week-people');
  expect(people === undefined ? [] : said(people)[1]).toContain(
    'most of all on Sat 28 Nov 20:00: 8 short, mostly General operators',
  );
  // Where others stand in it is not the worst any more.
  const helped = tiers.map((tier) => ({
    ...tier,
    standIns: tier.required.map((_, i) => (i === at ? 8 : 0)),
  }));
  expect(said(weekAnswer({ ...plan, tiers: helped }))[1]).not.toMatch(/at most|up to/);
});

test('the worst moment of the week is named, be it by a fraction of a person in another part of it', () => {
  const plan = smallPlan();
  const at = plan.starts.indexOf('2026-11-28T20:00');
  const before = targetsHeld(plan).short?.most;
  const worst = (before?.operators ?? 0) + 0.4;
  const tiers = plan.tiers.map((tier, k) => ({
    ...tier,
    scheduled: tier.scheduled.map((people, i) =>
      i === at ? (tier.required[i] ?? 0) - (k === 0 ? worst : 0) : people,
    ),
  }));
  const week = { ...plan, tiers };
  const { most, elsewhere } = targetsHeld(week).short ?? {};
  expect(shortageOf(week).worst?.start).toBe('2026-11-28T20:00');
  expect([most?.at, most?.operators]).toEqual([before?.at, before?.operators]);
  expect([elsewhere?.at, elsewhere?.operators]).toEqual(['2026-11-28T20:00', before?.operators]);
});

describe('the worst comes first', () => {
  const weeks = fc.record({
    /** By tier and interval: required, ready, and what it gets from the other tier. */
    tiers: fc.array(
      fc.array(fc.tuple(fc.nat(4), fc.constantFrom(0, 0, 0.45, 1, 2.6, 4), fc.constantFrom(0, 0, 1)), {
        minLength: 28,
        maxLength: 28,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    rates: fc.array(fc.double({ min: 0.9, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
  });
  const planOf = ({ tiers, rates }: typeof weeks extends fc.Arbitrary<infer Week> ? Week : never) => {
    const plan = smallPlan();
    // What one tier gets another gives, where there is another.
    const gets = tiers.map((own) => own.map(([, , got]) => (tiers.length > 1 ? got : 0)));
    const made = tiers.map((own, t) => ({
      ...(plan.tiers[0] as PlanDocument['tiers'][number]),
      tier: `t${t}`,
      queues: [`q${t}`],
      required: own.map(([required]) => required),
      scheduled: own.map(([, ready]) => ready),
      standIns: own.map((_, i) => (gets[t]?.[i] ?? 0) - (gets[(t + 1) % tiers.length]?.[i] ?? 0)),
    }));
    const days = plan.days.map((day, i) => ({
      ...day,
      connectionRate: { ...day.connectionRate, mean: rates[i] ?? null },
    }));
    return { ...plan, tiers: made, days };
  };

  test('every part of the sentence agrees with the intervals, whatever the week', () => {
    fc.assert(
      fc.property(weeks, (week) => {
        const plan = planOf(week);
        const { starts, tiers } = plan;
        const shortage = shortageOf(plan);
        const open = starts.map((_, i) =>
          tiers.reduce(
            (sum, { required, scheduled, standIns }) =>
              sum + Math.max(0, (required[i] ?? 0) - (scheduled[i] ?? 0) - (standIns[i] ?? 0)),
            0,
          ),
        );
        const total = (of: 'required' | 'scheduled', i: number): number =>
          tiers.reduce((sum, tier) => sum + (tier[of][i] ?? 0), 0);
        const hours = open.reduce((sum, each) => sum + each, 0) / 2;
        const lacking = starts.reduce((sum, _, i) => sum + total('required', i) - total('scheduled', i), 0);
        expect(shortage.openHours).toBeCloseTo(hours, 9);
        expect(shortage.openHours).toBeGreaterThanOrEqual(lacking / 2 - 1e-9);
        expect(shortage.spare - shortage.openHours).toBeCloseTo(-lacking / 2, 9);
        const english = said(weekAnswer(plan))[1];
        const nobody = starts.filter((_, i) => total('required', i) > 0 && total('scheduled', i) === 0);
        if (nobody.length > 0) {
          expect(english).toMatch(
            /^Are the targets met\? No: nobody is on duty for [\d.]+ hours? while the hotline is open/,
          );
          const told = targetsHeld(plan).unstaffed;
          expect(told?.hours).toBe(nobody.length / 2);
          expect(told?.days).toBe(new Set(nobody.map((start) => start.slice(0, 10))).size);
          expect(planDecisions(plan)[0]?.code).toBe('decide-unstaffed');
        }
        const low = plan.days.filter(({ connectionRate: { mean } }) => mean !== null && mean < 0.9495);
        if (low.length > 0)
          expect(english.indexOf('misses them on')).toBeLessThan(english.indexOf('first-time calls'));
        const holds = english.startsWith('Are the targets met? Yes');
        const wanted = (i: number): boolean => (plan.days[i]?.connectionRate.mean ?? 1) >= 0.9495;
        expect(holds).toBe(
          nobody.length === 0 &&
            plan.days.every((_, i) => wanted(i)) &&
            targetsHeld(plan).unstaffed === null &&
            starts.every((_, i) => shortAt(plan, i) === 0),
        );
        const short = targetsHeld(plan).short;
        const missing = starts.filter((_, i) => shortAt(plan, i) > 0);
        expect(short === null).toBe(missing.length === 0);
        expect(planDecisions(plan).some(({ code }) => code === 'decide-short')).toBe(short !== null);
        if (short === null) return;
        expect([short.intervals, short.hours]).toEqual([missing.length, shortage.openHours]);
        expect(short.most.operators).toBeGreaterThanOrEqual(short.operators);
        for (const told of [
          { ...short, at: short.most.at },
          ...(short.elsewhere === null ? [] : [short.elsewhere]),
        ]) {
          const hour = Number(told.at.slice(11, 13));
          expect(told.part).toBe(
            hour < 6 ? 'night' : hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening',
          );
          expect(told.days).toBe(told.at < '2026-11-28' ? 'workdays' : 'weekend');
        }
        const most = Math.max(...open);
        const named = short.elsewhere ?? short.most;
        expect(named.operators).toBe(Math.max(1, Math.round(most)));
        expect(Math.max(1, Math.round(open[starts.indexOf(named.at)] ?? 0))).toBe(named.operators);
      }),
      { numRuns: 150 },
    );
  });

  test('an hour without anybody is said first, by the terminal, the report and the page', () => {
    const plan = smallPlan({ scheduled: 10 });
    const tiers = plan.tiers.map((tier) => ({
      ...tier,
      scheduled: tier.scheduled.map((people, i) => (plan.starts[i]?.endsWith('02:00') ? 0 : people)),
    }));
    const alone = { ...plan, tiers };
    expect(said(weekAnswer(alone))[0]).toMatch(
      /^目标能否达成？不能：开放时段有 3\.5 小时无人在岗（02:00–02:30，共 7 天）/,
    );
    expect(said(weekAnswer(alone))[1]).toMatch(
      /^Are the targets met\? No: nobody is on duty for 3\.5 hours while the hotline is open \(02:00–02:30, on 7 days\); /,
    );
    expect(weekAnswers(alone).map(({ code }) => code)[0]).toBe('targets-hold');
    expect(planDecisions(alone).map(({ code }) => code)).toEqual(['decide-unstaffed', 'decide-short']);
  });

  test('a day below its target is said before who is short', () => {
    const plan = smallPlan();
    const days = plan.days.map((day, i) =>
      i === 5 ? { ...day, connectionRate: { mean: 0.912, q10: null, q90: null } } : day,
    );
    expect(said(weekAnswer({ ...plan, days }))[1]).toMatch(
      /^Are the targets met\? No: the plan misses them on 1 day \(lowest Sat 28 Nov: 91\.2% connected, target 95\.0%\); 5 intervals short/,
    );
  });
});

describe('what needs a decision', () => {
  test('is told with who is short, and that handle time is assumed', () => {
    const plan: PlanDocument = {
      ...smallPlan(),
      assumptions: [
        { code: 'handle-time-assumed', values: { queue: { 'zh-CN': '综合', en: 'General' }, seconds: 235 } },
      ],
    };
    expect(planDecisions(plan).map(({ code }) => code)).toEqual([
      'decide-assumed-handle-time',
      'decide-short',
    ]);
    expect(planDecisions(smallPlan({ scheduled: 10 }))).toEqual([]);
  });

  test('counts the intervals that the sentence speaks of: those short after tiers have stood in', () => {
    const plan = smallPlan();
    const tiers = plan.tiers.map((tier) => ({
      ...tier,
      standIns: tier.required.map((_, i) => (i === 1 ? 0 : 5)),
    }));
    const [decision] = planDecisions({ ...plan, tiers }).filter(({ code }) => code === 'decide-short');
    expect(decision?.values).toMatchObject({ intervals: 1, of: plan.starts.length });
    expect(decision === undefined ? [] : said(decision)[1]).toContain('1 of 28 intervals is short of people');
  });
});

test('a line that closes counts the intervals that it is open, and few hours keep their decimal', () => {
  const plan = smallPlan({ scheduled: 10 });
  const isOpen = (start: string): boolean => !start.endsWith('02:00');
  const tiers = plan.tiers.map((tier) => ({
    ...tier,
    required: plan.starts.map((start) => (isOpen(start) ? 10 : 0)),
    scheduled: plan.starts.map((_, i) => (i === 1 ? 8.6 : 10)),
  }));
  const calls = { ...plan.calls, mean: plan.starts.map((start) => (isOpen(start) ? 920 : 0)) };
  const closing = { ...plan, tiers, calls };
  const [decision] = planDecisions(closing).filter(({ code }) => code === 'decide-short');
  expect(decision?.values).toMatchObject({ intervals: 1, of: 21 });
  expect(decision === undefined ? [] : said(decision)[1]).toContain(
    '1 of 21 intervals is short of people, by 0.7 hours in all',
  );
  expect(shortageTitle(closing, 'en')).toContain('by 0.7 operator-hours in all');
  expect(figuresOf('en').hours(9.7)).toBe('9.7');
  expect(figuresOf('en').hours(13.2)).toBe('13');
  expect(figuresOf('en').hours(1)).toBe('1');
});

test('the chance of hot is told of both plans, whichever band is likeliest', () => {
  const before = smallPlan();
  const after = {
    ...before,
    monitoring: {
      ...before.monitoring,
      likeliestBand: 'warm' as const,
      bandChances: { hot: 0.47, warm: 0.53, cold: 0, dead: 0 },
    },
  };
  const [moved] = planChanges(before, after).filter(({ code }) => code === 'changed-band');
  expect(moved?.values).toEqual({ before: 0.73, after: 0.47, band: 'hot' });
  expect(said(weekAnswer(after))[1]).toContain('47% chance of hot');
});

describe('what changed since the plan before', () => {
  test('a higher target whose people are used up says so', () => {
    const before = smallPlan();
    const after: PlanDocument = {
      ...before,
      targets: { ...before.targets, connectionRate: 0.97 },
      total: { ...before.total, requiredOperatorHours: 2300, scheduledOperatorHours: 2160 },
      relaxed: [{ code: 'people-used-up', values: {} }],
    };
    expect(planChanges(before, after).map(({ code }) => code)).toEqual(['changed-required']);
    const reasons = changeReasons(before, after);
    expect(reasons.map(({ code }) => code)).toEqual(['because-target', 'because-people-used-up']);
    expect(said(reasons[0] ?? { code: '', values: {} })).toEqual([
      '每时段接通率目标 90% → 97%',
      'target connection rate in every interval 90% → 97%',
    ]);
  });

  test('an adjustment by hand is named: its day, how much and why', () => {
    const before = smallPlan();
    const adjusted = {
      ...{ queue: null, date: '2026-11-25', from: null, to: null, factor: 1.2, calls: null },
      ...{ reason: 'Winter fuel letters', author: 'A' },
    };
    const [reason] = changeReasons(before, { ...before, overrules: [adjusted] });
    expect(said(reason ?? { code: '', values: {} })).toEqual([
      '人工调整预测：11/25周三 +20%，Winter fuel letters',
      'forecast adjusted: Wed 25 Nov +20%, Winter fuel letters',
    ]);
  });

  test('required, scheduled and short are told with what is over elsewhere, so that they add up', () => {
    const plan = smallPlan();
    const people = weekAnswers({
      ...plan,
      total: { ...plan.total, requiredOperatorHours: 2000, scheduledOperatorHours: 2030 },
    }).find(({ code }) => code === 'week-people');
    expect(people === undefined ? [] : said(people)).toEqual([
      expect.stringContaining('缺 13 工时（其他时段多 43）'),
      expect.stringContaining('(43 over at other times)'),
    ]);
  });

  test('of a what-if, what was asked is the reason, and not data or the program', () => {
    const before = { ...smallPlan(), madeWith: { settings: {}, events: [] } } as PlanDocument;
    const after: PlanDocument = {
      ...before,
      whatIf: [{ what: 'handle-time-seconds', seconds: -30 }],
      total: { ...before.total, requiredOperatorHours: before.total.requiredOperatorHours - 250 },
    };
    expect(changeReasons(before, after).map(said)).toEqual([['处理时长 −30 秒', 'handle time −30 s']]);
    expect(changeReasons(after, after)).toEqual([]);
  });

  test('what only a newer version can ask is not told as something else', () => {
    const settings = [{ what: 'music', name: untranslated('Bach') }] as never[];
    const asked = answerFinding('asked-what-if', { factors: [], causes: [], settings });
    expect(said(asked).join()).not.toMatch(/开放时间|open/);
  });

  test('nothing that moved is nothing told; a move without a reason is put down to settings', () => {
    const plan = smallPlan();
    expect([planChanges(plan, plan), changeReasons(plan, plan)]).toEqual([[], []]);
    const dearer = { ...plan, total: { ...plan.total, wages: 200_000 } };
    expect(changeReasons(plan, dearer).map(({ code }) => code)).toEqual(['because-settings']);
  });
});

describe('why two plans differ', () => {
  const event = {
    date: '2026-11-24',
    end: '2026-11-26',
    label: '开学 · School enrolment',
    queue: null,
    effect: 0.2,
  };
  const early = {
    template: 'early',
    name: { 'zh-CN': '早班', en: 'Early' },
    latestStart: '10:00',
    breaks: [1],
  };
  const settings = {
    shifts: { templates: [early] },
    tiers: {
      tiers: [{ tier: 'general', name: { 'zh-CN': '综合座席', en: 'General operators' }, operators: 40 }],
    },
    hotline: { madeUp: true, queues: [{ queue: 'general', smartVoiceShare: 0.1 }] },
    targets: { connectionRate: 0.9 },
  };
  type Settings = typeof settings;
  const withSettings = (
    changed: Partial<Settings> = {},
    events: readonly (typeof event | (Omit<typeof event, 'queue'> & { readonly queue: string }))[] = [],
  ): PlanDocument => ({
    ...smallPlan(),
    madeWith: { settings: { ...settings, ...changed }, events: [...events] },
  });
  const why = (before: PlanDocument, after: PlanDocument): (readonly [string, string])[] =>
    changeReasons(before, after).map(said);

  test('an event that came, went or was changed is named with its days and effect', () => {
    const before = withSettings();
    const after = withSettings({}, [event]);
    const other = { ...after, history: { ...after.history, dataHash: 'b' } };
    expect(why(before, other)).toEqual([
      [
        '新增事件“开学”（11/24周二–11/26周四，+20%）',
        'event added: School enrolment (Tue 24 Nov–Thu 26 Nov, +20%)',
      ],
    ]);
    expect(why(after, before)[0]?.[1]).toContain('event deleted: School enrolment (Tue');
    const moved = withSettings({}, [{ ...event, end: '2026-11-24', effect: 0.3 }]);
    expect(why(after, moved)).toEqual([
      [
        '事件“开学”：11/24周二–11/26周四，+20% → 11/24周二，+30%',
        'event School enrolment: Tue 24 Nov–Thu 26 Nov, +20% → Tue 24 Nov, +30%',
      ],
    ]);
    expect(why(before, withSettings({}, [{ ...event, queue: 'general' }]))[0]?.[1]).toContain(
      '+20%, General)',
    );
  });

  test('a setting is named with what it was and is: a shift’s latest start, a share, an entry that came', () => {
    const later = { shifts: { templates: [{ ...early, latestStart: '11:00' }] } };
    expect(why(withSettings(), withSettings(later))).toEqual([
      ['班次 › 早班 › 最晚上班 10:00 → 11:00', 'Shifts › Early › Latest start 10:00 → 11:00'],
    ]);
    const voice = { hotline: { madeUp: false, queues: [{ queue: 'general', smartVoiceShare: 0.125 }] } };
    expect(why(withSettings(), withSettings(voice))[0]?.[1]).toMatch(/^Hotline › Queues › .* 10% → 12\.5%$/);
    const more = {
      shifts: { templates: [early, { ...early, template: 'late', name: { 'zh-CN': '晚班', en: 'Late' } }] },
    };
    expect(why(withSettings(), withSettings(more))).toEqual([['新增班次 › 晚班', 'Shifts › Late added']]);
    expect(why(withSettings(more), withSettings())).toEqual([['删除班次 › 晚班', 'Shifts › Late removed']]);
    const rests = { shifts: { templates: [{ ...early, breaks: [1, 2] }] } };
    expect(why(withSettings(), withSettings(rests))[0]?.[0]).toMatch(/^班次 › 早班 › .* 有改动$/);
  });

  test('what the plan itself says is not said twice, and many settings are counted', () => {
    const before = withSettings();
    const targets = { ...before.targets, connectionRate: 0.97 };
    const after = { ...withSettings({ targets: { connectionRate: 0.97 } }), targets };
    expect(changeReasons(before, after).map(({ code }) => code)).toEqual(['because-target']);
    const shifts = (n: number): Partial<Settings> => ({
      shifts: {
        templates: Array.from({ length: 9 }, (_, i) => ({
          ...early,
          template: `t${i}`,
          latestStart: `${n}:00`,
        })),
      },
    });
    expect(why(withSettings(shifts(10)), withSettings(shifts(11))).at(-1)).toEqual([
      '另有 3 处设置',
      '3 more settings',
    ]);
  });

  test('where settings and events are as they were, it is not put down to them', () => {
    const plan = withSettings();
    const dearer = { ...plan, total: { ...plan.total, wages: 200_000 } };
    expect(changeReasons(plan, dearer).map(({ code }) => code)).toEqual(['because-records']);
  });
});

test('a roster names the targets that days and intervals are judged by, and where its plan has other days', () => {
  const plan = smallPlan();
  const targets = {
    ...targetsHeld(plan),
    days: [],
    planShortHours: 12,
    planMissedDays: 1,
    wanted: { connectionRate: 0.9, rollingConnectionRate: 0.95, serviceLevel: 0.8, seconds: 15 },
  };
  const of = (more: object) =>
    said(
      rosterTargets({
        uncovered: [],
        projection: [
          {
            week: plan.week,
            plan: plan.id,
            planned: 0.95,
            roster: 0.96,
            serviceLevel: 0.87,
            targets: { ...targets, ...more },
          },
        ],
      })!,
    );
  const [chinese, english] = of({});
  // The plan's own page says no: the roster's answer begins with what it makes of that.
  expect(english).toContain(
    "Are the targets met? Yes, though the plan's own shifts miss them on 1 day; each day as a whole meets them, with people short: 13 operator-hours short",
  );
  expect(english).toContain('(90% connected in every interval, 95% in any 24 hours, 80% within 15 seconds)');
  expect(chinese).toContain(
    '目标能否达成？能，尽管按计划的班次有 1 天未达标；按全天计每天都达标，但缺人：缺 13 工时',
  );
  expect(chinese).toContain('（各时段接通率 90%，任意 24 小时接通率 95%，15 秒接通率 80%）');
  expect(of({ planMissedDays: 0 })[1]).toContain('met? Yes for each day as a whole, with people short: 13');
});
