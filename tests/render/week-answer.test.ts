import { describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { mostShort, weekAnswer, weekAnswers } from '../../src/render/week-answer.ts';
import { changeReasons } from '../../src/render/change-reasons.ts';
import { planChanges } from '../../src/render/plan-changes.ts';
import { planDecisions } from '../../src/render/plan-decisions.ts';
import { speak } from '../../src/words/speak.ts';
import { smallPlan } from '../support/small-plan.ts';

const said = (finding: Parameters<ReturnType<typeof speak>['say']>[0]): readonly [string, string] => [
  speak('zh-CN', 'page').say(finding),
  speak('en', 'page').say(finding),
];

describe('the week in one sentence', () => {
  test('says calls, who is missing when, rate, chance, paid hours and wages with their currency', () => {
    expect(said(weekAnswer(smallPlan()))).toEqual([
      '本周首次来电约 25,756 通；工作日上午约缺 5 人；接通率 95.8%，监测评为「热线」档的可能性 73%；付薪 3,200 工时，工资 192,323 元。',
      '25,756 first-time calls; about 5 people short on weekday mornings; 95.8% connected, 73% chance of hot; 3,200 paid hours, 192,323 yuan.',
    ]);
  });

  test('says that there are enough people where nobody is missing, and names other money', () => {
    const plan = smallPlan({ scheduled: 10 });
    const answer = weekAnswer({ ...plan, total: { ...plan.total, currency: 'GBP' } });
    expect(said(answer)[1]).toContain('enough people all week');
    expect(said(answer)[1]).toContain('£192,323');
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
    expect(mostShort({ ...plan, tiers: helped })).toBeNull();
  });
});

test('one moment is the worst, in the sentence and in the three of the report alike', () => {
  const plan = smallPlan();
  const at = plan.starts.indexOf('2026-11-28T20:00');
  const tiers = plan.tiers.map((tier) => ({
    ...tier,
    scheduled: tier.scheduled.map((people, i) => (i === at ? 2 : people)),
  }));
  const [chinese, english] = said(weekAnswer({ ...plan, tiers }));
  expect(chinese).toContain('工作日上午约缺 5 人，最多缺 8 人（11/28周六 20:00）');
  expect(english).toContain('about 5 people short on weekday mornings, at most 8 (Sat 28 Nov 20:00)');
  const people = weekAnswers({ ...plan, tiers })[1];
  expect(people === undefined ? [] : said(people)[1]).toContain(
    'most of all on Sat 28 Nov 20:00: 8 short, mostly General operators',
  );
  // Where others stand in it is not the worst any more.
  const helped = tiers.map((tier) => ({
    ...tier,
    standIns: tier.required.map((_, i) => (i === at ? 8 : 0)),
  }));
  expect(said(weekAnswer({ ...plan, tiers: helped }))[1]).not.toContain('at most');
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
    expect(decision === undefined ? [] : said(decision)[1]).toContain('After tiers help each other, 1 of');
  });
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
        '新增事件「开学」（11/24周二–11/26周四，+20%）',
        'event added: School enrolment (Tue 24 Nov–Thu 26 Nov, +20%)',
      ],
    ]);
    expect(why(after, before)[0]?.[1]).toContain('event taken away: School enrolment (Tue');
    const moved = withSettings({}, [{ ...event, end: '2026-11-24', effect: 0.3 }]);
    expect(why(after, moved)).toEqual([
      [
        '事件「开学」：11/24周二–11/26周四，+20% → 11/24周二，+30%',
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
