import { afterAll, expect, test } from 'vitest';
import { makePlan } from '../../src/planning/week/make-plan.ts';
import { weekAnswer } from '../../src/render/week-answer.ts';
import { speak } from '../../src/words/speak.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

const demo = await demoWorkspace(70);
const { plan } = await makePlan(demo.ports, { week: '2026-W48', seed: 1 });
afterAll(demo.close);

test('the worst interval that a plan tells of has the rate that its own figures give it', () => {
  const told = plan.notices.flatMap((said) =>
    'code' in said && said.code === 'worst-interval-with-prompts'
      ? [said.values as { readonly time: string; readonly levelAfter: number }]
      : [],
  );
  expect(told.length).toBeGreaterThan(0);
  for (const { time, levelAfter } of told) {
    const at = plan.starts.indexOf(time.replace(' ', 'T'));
    let [inTime, offered] = [0, 0];
    for (const queue of plan.queues) {
      offered += queue.offered[at] ?? 0;
      inTime += (queue.offered[at] ?? 0) * (queue.serviceLevel[at] ?? 0);
    }
    expect(levelAfter).toBeCloseTo(inTime / offered, 8);
  }
});

test('the calls of the first sentence are called what they are', () => {
  const [answer] = [weekAnswer(plan)].flat();
  if (answer === undefined) throw new Error('no answer');
  expect(speak('en', 'page').say(answer)).toMatch(/(^|[;.] )[\d,]+ first-time calls;/);
  expect(speak('zh-CN', 'page').say(answer)).toMatch(/(^|[；。])本周首次来电约/);
});

test('the demo shows what prompts are for: calls fall short at its peaks, and prompts mend them to be seen', () => {
  const [short] = plan.notices.flatMap((said) =>
    'code' in said && said.code === 'calls-short-of-targets'
      ? [said.values as { readonly before: number; readonly after: number }]
      : [],
  );
  expect(short?.before).toBeGreaterThan(200);
  expect(short?.after).toBeLessThan(0.75 * (short?.before ?? 0));
  const gained = (plan.total.serviceLevel.mean ?? 0) - (plan.withoutPrompts?.serviceLevel ?? 1);
  expect(gained).toBeGreaterThan(0.002);
});
