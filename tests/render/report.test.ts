import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import { mergeSpans } from '../../src/render/merge-spans.ts';
import { shortageOf } from '../../src/render/shortages.ts';
import { renderPlanText } from '../../src/render/plan-text.ts';
import { csvLine, reportFile } from '../../src/render/report-file.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

let plan: PlanDocument;
let close: () => Promise<void>;
beforeAll(async () => {
  const workspace = await demoWorkspace(70);
  close = workspace.close;
  plan = await planWeek(workspace.ports, { seed: 2 });
}, 480_000);
afterAll(() => close());

describe('a printed plan', () => {
  it('has one row for each of the seven days, in both languages', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const printed = renderPlanText(plan, language);
      for (const day of plan.days)
        expect(printed.split('\n').filter((line) => line.startsWith(day.date))).toHaveLength(
          // calls and operators, what comes of them, shifts, and each stretch of a prompt
          3 + mergeSpans(plan.prompts).filter(({ date }) => date === day.date).length,
        );
      expect(printed).not.toMatch(/undefined|NaN/);
    }
    expect(renderPlanText(plan, 'en')).not.toMatch(/\p{Script=Han}/u);
    expect(renderPlanText(plan, 'zh-CN')).toContain('接通率');
  });

  it('sets simulated rates with their half widths beside those by formula', () => {
    const { proof } = plan;
    if (proof === null || proof === undefined) throw new Error('the plan was not proved');
    expect(proof.queues.map(({ queue }) => queue)).toEqual(plan.queues.map(({ queue }) => queue));
    for (const { connectionRate, serviceLevel } of [proof, ...proof.queues]) {
      for (const rate of [connectionRate, serviceLevel]) {
        expect(rate.halfWidth).toBeGreaterThan(0);
        expect(Math.abs((rate.simulated ?? 0) - (rate.analytic ?? 1))).toBeLessThan(0.06);
      }
    }
    expect(renderPlanText(plan, 'en')).toContain('Proof by simulation');
    expect(renderPlanText({ ...plan, proof: null }, 'en')).not.toContain('Proof by simulation');
  });

  it('says at its top when the week lies far after the data', () => {
    const top = (document: PlanDocument): string => renderPlanText(document, 'en').split('\n\n')[0] ?? '';
    expect(top(plan)).not.toContain('days after the last data');
    const old = { ...plan, history: { ...plan.history, lastDate: '2026-10-01' } };
    expect(top(old)).toContain('52 days after the last data (2026-10-01)');
  });

  it('sets what shifts put into the busiest interval beside what it needs', () => {
    const [day] = plan.days;
    const row =
      renderPlanText(plan, 'en')
        .split('\n')
        .find((line) => line.startsWith(day?.date ?? '?') && line.includes(` ${day?.peak.start} `)) ?? '';
    const at = plan.starts.indexOf(`${day?.date}T${day?.peak.start}`);
    const scheduled = plan.tiers.reduce((sum, tier) => sum + (tier.scheduled[at] ?? 0), 0);
    expect(row.replaceAll(/\s+/g, ' ')).toContain(
      `${day?.peak.start} ${Math.round(day?.peak.total ?? 0)} ${Math.round(scheduled)} `,
    );
  });

  it('says first of all that a made-up line is made up', () => {
    expect(renderPlanText(plan, 'en').split('\n')[0]).toContain('stands for no real');
    expect(renderPlanText({ ...plan, hotline: { ...plan.hotline, madeUp: false } }, 'en')).not.toContain(
      'stands for no real',
    );
  });
});

describe('a plan as a file', () => {
  it('is a workbook with a sheet per table whose figures are numbers', async () => {
    const book = read(await reportFile(plan, 'xlsx', 'en'));
    expect(book.SheetNames).toEqual([
      'Overview',
      ...(shortageOf(plan).worst === undefined ? [] : ['Missing']),
      'Days',
      'Shifts',
      'Diversion prompts',
      'Tier',
      'Intervals',
      'Simulation',
      'Reasons',
    ]);
    const days = utils.sheet_to_json<Record<string, unknown>>(book.Sheets.Days ?? {});
    expect(days).toHaveLength(7);
    const rates = utils.sheet_to_json<Record<string, unknown>>(book.Sheets.Days ?? {}, { raw: false });
    expect(rates[0]?.['Connection rate']).toBe(
      `${(100 * (plan.days[0]?.connectionRate.mean ?? 0)).toFixed(1)}%`,
    );
    expect(days[0]?.['Connection rate']).toBeCloseTo(plan.days[0]?.connectionRate.mean ?? 0, 3);
    expect(days[0]?.['Fresh calls']).toBeCloseTo(plan.days[0]?.calls.mean ?? 0, 1);
  });

  it('is a page without script, and nothing that is fetched', async () => {
    const page = new TextDecoder().decode(await reportFile(plan, 'html', 'zh-CN'));
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    expect(page).not.toMatch(/undefined|NaN/);
  });

  it('escapes names that hold markup, and words that a spreadsheet would run', async () => {
    const nasty = { ...plan, hotline: { ...plan.hotline, name: { 'zh-CN': '<b>x</b>', en: '<b>x</b>' } } };
    expect(new TextDecoder().decode(await reportFile(nasty, 'html', 'en'))).not.toContain('<b>x</b>');
    expect(csvLine(['=1+1', 'a,"b"', null, 2.5])).toBe('\'=1+1,"a,""b""",,2.5');
  });

  it('is a CSV that starts with a byte-order mark', async () => {
    const bytes = await reportFile(plan, 'csv', 'zh-CN');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});
