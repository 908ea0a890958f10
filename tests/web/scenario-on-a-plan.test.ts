import { describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { scenarioSchema, type ScenarioModel } from '../../src/contract/models/scenario-model.ts';
import { sheetOfSpans } from '../../src/render/switchboard-sheet.ts';
import { describePlannedOperation } from '../../src/http/describe-planned-operation.ts';
import { applyScenario, scenarioMisfits, withoutMisfits } from '../../src/diversion/apply-scenario.ts';
import { operationOf, projectDay } from '../../src/web/divert/project-scenario.ts';
import { settleScenario } from '../../src/planning/run-scenario.ts';
import { packOperation } from '../../src/planning/operation/planned-operation.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { brokenRules, drawnDays } from '../../src/web/divert/sheet-panel.tsx';
import { movedToWeek } from '../../src/web/divert/divert-page.tsx';
import { plannedOperationOf } from '../support/planned-operation-of.ts';

const { planned: stored, week } = await plannedOperationOf(3);
const plan = {
  id: '2026-W48-drawn',
  week: week.week,
  hotline: { zone: stored.models.hotline.zone },
  intervalMinutes: stored.models.hotline.intervalMinutes,
  days: week.dates.map((date) => ({ date })),
  starts: week.starts,
} as unknown as PlanDocument;
const bytes = packOperation(stored);
const store = { plan: async () => plan, plannedOperation: async () => bytes } as unknown as Ports['store'];
const plannedOperation = await describePlannedOperation({ store }, plan.id);
const [queue = ''] = plannedOperation.queues.flatMap((own) => (own.neverDivert ? [] : [own.queue]));
const drawn = { prompt: 'mini-programme', queue, date: '2026-11-24', from: '09:00', to: '11:00' };
const misfitsOf = (scenario: ScenarioModel) =>
  scenarioMisfits(operationOf(plannedOperation), scenario, {
    starts: plan.starts,
    catalogue: plannedOperation.catalogue,
  });
const scenarioOf = (change: Partial<ScenarioModel>): ScenarioModel =>
  scenarioSchema.parse({ scenario: 'drawn', ...change });

describe('a scenario drawn on another plan', () => {
  const scenario = scenarioOf({
    placements: [
      drawn,
      { ...drawn, date: '2026-11-12', from: '14:00', to: '16:00' },
      { ...drawn, prompt: 'fax' },
      { ...drawn, queue: 'nobody' },
      { ...drawn, from: '09:10' },
      { ...drawn, from: '11:00', to: '10:00' },
    ],
    surges: [
      { from: '2026-11-24T14:00', to: '2026-11-24T20:00', factor: 1.5 },
      { from: '2026-11-15T22:00', to: '2026-11-16T02:00', factor: 2 },
      { from: '2026-11-24T14:00', to: '2026-11-24T20:00', factor: 2, queue: 'nobody' },
    ],
  });
  const misfits = misfitsOf(scenario);

  test('is told what of it has no place, and why', () => {
    expect(misfits.placements.map(({ why }) => why)).toEqual([
      'other-week',
      'unknown-prompt',
      'unknown-queue',
      'off-grid',
      'off-grid',
    ]);
    expect(misfits.surges.map(({ why }) => why)).toEqual(['other-week', 'unknown-queue']);
  });

  test('can move what is of another week to the same weekdays, nights included', () => {
    const moved = movedToWeek(plan, scenario, misfits);
    // Thursday the 12th and the night from Sunday the 15th to Monday.
    expect(moved.placements?.[1]).toEqual({ ...drawn, date: '2026-11-26', from: '14:00', to: '16:00' });
    expect(moved.surges[1]).toMatchObject({ from: '2026-11-29T22:00', to: '2026-11-30T02:00' });
    expect(moved.placements?.[0]).toBe(scenario.placements?.[0]);
    expect(misfitsOf(moved).placements.map(({ why }) => why)).not.toContain('other-week');
  });

  test('is told of a surge within this week that covers no interval start, which no move mends', () => {
    const between = scenarioOf({
      surges: [
        { from: '2026-11-24T10:05', to: '2026-11-24T10:20', factor: 2 },
        { from: '2026-11-24T10:20', to: '2026-11-24T10:05', factor: 2 },
        { from: '2026-11-22T22:00', to: '2026-11-23T00:00', factor: 2 },
        { from: '2026-11-24T10:20', to: '2026-11-24T10:35', factor: 2 },
      ],
    });
    const found = misfitsOf(between);
    expect(found.surges.map(({ surge, why }) => [surge, why])).toEqual([
      [between.surges[0], 'between-starts'],
      [between.surges[1], 'off-grid'],
      [between.surges[2], 'other-week'],
    ]);
    const moved = movedToWeek(plan, between, found);
    expect(moved.surges.map((surge, i) => surge === between.surges[i])).toEqual([true, true, false, true]);
    expect(misfitsOf(moved).surges.map(({ why }) => why)).toEqual(['between-starts', 'off-grid']);
  });

  test('is drawn once where what is moved comes to lie on what is there', () => {
    // All Tuesdays.
    const twice = scenarioOf({
      placements: [
        { ...drawn, date: '2026-11-17', from: '10:30', to: '12:00' },
        drawn,
        { ...drawn, date: '2026-11-10', from: '08:00', to: '09:30' },
        { ...drawn, date: '2026-11-10', from: '12:00', to: '13:00' },
        { ...drawn, date: '2026-11-10', prompt: 'call-later' },
        { ...drawn, from: '09:10' },
      ],
    });
    const moved = movedToWeek(plan, twice, misfitsOf(twice));
    expect(moved.placements).toHaveLength(4);
    expect(moved.placements).toEqual(
      expect.arrayContaining([
        { ...drawn, from: '08:00', to: '12:00' },
        { ...drawn, from: '12:00', to: '13:00' },
        { ...drawn, prompt: 'call-later' },
        { ...drawn, from: '09:10' },
      ]),
    );
  });

  test('can go on without it: the server then takes what it refused', () => {
    const rest = withoutMisfits(scenario, misfits);
    expect(rest.placements).toEqual([drawn]);
    expect(rest.surges).toHaveLength(1);
    expect(misfitsOf(rest)).toEqual({ placements: [], surges: [], tiers: [] });
    expect(() => settleScenario(stored, scenario, week)).toThrow();
    expect(() => settleScenario(stored, rest, week)).not.toThrow();
  });

  test('shows on the sheet only what is of this week', () => {
    const dates = drawnDays(
      plannedOperation,
      scenarioOf({ placements: [{ ...drawn, date: '2026-11-12' }, drawn] }),
      [...plan.starts],
    ).flatMap(({ spans }) => spans.map(({ date }) => date));
    expect(dates).toEqual(['2026-11-24']);
  });
});

describe('a scenario on the page', () => {
  const scenario = scenarioOf({
    callsFactor: 1.2,
    takeUpFactor: 1.5,
    channelCapacityFactor: 0.5,
    smartVoiceShare: 0.1,
    operatorsChange: { [stored.capacity.tiers[0]?.tier ?? '']: 1 },
    surges: [{ from: '2026-11-24T14:00', to: '2026-11-24T20:00', factor: 1.5, queue }],
    placements: [
      // A stretch of three hours is asked into one hour, not each of its hours into another.
      { ...drawn, prompt: 'call-later', from: '13:00', to: '16:00' },
      { ...drawn, from: '11:00', to: '12:00' },
    ],
  });

  test('is the operation that the server answers for: calls, operators, channels, prompts and hours suggested', () => {
    const [served, shown] = [stored, operationOf(plannedOperation)].map((operation) =>
      applyScenario(operation, scenario, { starts: plan.starts, catalogue: plannedOperation.catalogue }),
    );
    expect(shown?.policy).toEqual(served?.policy);
    expect(shown?.capacity).toEqual(served?.capacity);
    expect(shown?.demand.queues.map(({ freshMean }) => [...freshMean])).toEqual(
      served?.demand.queues.map(({ freshMean }) => Array.from(freshMean, (n) => expect.closeTo(n, 5))),
    );
    const day = projectDay(plannedOperation, scenario, plan.starts, drawn.date);
    const from = plan.starts.indexOf(`${drawn.date}T00:00`);
    for (const [p, { offPeakTarget, response }] of day.prompts.entries()) {
      const whole = served?.policy.prompts[p];
      expect(response).toEqual(whole?.response);
      expect([...offPeakTarget]).toEqual(
        [...(whole?.offPeakTarget.subarray(from, from + offPeakTarget.length) ?? [])].map((at) =>
          at < 0 ? at : at - from,
        ),
      );
    }
    expect(day.prompts.map(({ offPeakTarget }) => Math.max(...offPeakTarget) > 0)).toContain(true);
  });
});

describe('the drawn prompts of a week, for the switchboard', () => {
  const scenario = scenarioOf({
    placements: [
      { ...drawn, date: '2026-11-27' },
      drawn,
      { ...drawn, prompt: 'call-later', date: '2026-11-25', from: '23:00', to: '24:00' },
    ],
  });
  const days = drawnDays(plannedOperation, scenario, plan.starts);

  test('come in order of time, with their seconds, and end at 24:00', () => {
    const spans = days.flatMap((day) => day.spans);
    expect(spans.map(({ date, from, to }) => `${date} ${from} ${to}`)).toEqual([
      '2026-11-24 09:00 11:00',
      '2026-11-25 23:00 24:00',
      '2026-11-27 09:00 11:00',
    ]);
    expect(spans[0]?.announcementSeconds).toBe(9);
    const names = new Map(plannedOperation.queues.map((own) => [own.queue, own.name.en]));
    const [, first = ''] = sheetOfSpans(spans, names, 'en').split('\r\n');
    expect(first).toContain(`2026-11-24,Tue,09:00,11:00,${names.get(queue)},${queue},`);
    expect(first).toContain(',mini-programme,everyone,9,');
  });

  test('are told where they play while the line is closed', () => {
    const open = plan.starts.map((start) => (start.slice(11) >= '10:00' ? 1 : 0));
    const later = { ...plannedOperation, open };
    const told = drawnDays(later, scenario, plan.starts).flatMap(({ answer }) => brokenRules(later, answer));
    expect(told.filter(({ rule }) => rule === 'outside-opening-hours').map(({ value }) => value)).toEqual([
      '2026-11-24T09:00',
      '2026-11-27T09:00',
    ]);
  });

  test('are checked on every day, not only on the one that is shown', () => {
    const broken = days.flatMap((day) => brokenRules(plannedOperation, day.answer));
    expect(broken.map(({ rule }) => rule)).toContain('never-in-quiet-hours');
    expect(new Set(broken.map(({ value }) => value?.slice(0, 10)))).toEqual(new Set(['2026-11-25']));
  });
});
