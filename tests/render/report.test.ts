import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, utils, type CellObject, type WorkBook } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { mergeSpans } from '../../src/render/week-tables.ts';
import { shortageOf } from '../../src/contract/shortages.ts';
import type { PlanInput } from '../../src/contract/plan-life.ts';
import type { PlanState } from '../../src/contract/plan-states.ts';
import { renderPlanBrief, renderPlanSummary, renderPlanText } from '../../src/render/plan-text.ts';
import type { ReportFormat, ReportPage, ReportRequest } from '../../src/contract/report-formats.ts';
import type { Language } from '../../src/kernel/text.ts';
import { csvLine } from '../../src/render/csv.ts';
import { decisionsOf, leaderHtml, reportFile, weekSentences } from '../../src/render/report-file.ts';
import { figuresOf } from '../../src/words/figures.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { startBrowser, type RunningBrowser } from '../support/browser.ts';
import { copyWorkspace } from '../support/test-site.ts';
import { expectReadable } from '../support/read-back.ts';

let plan: PlanDocument;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-report-'));
  await copyWorkspace('plan', join(folder, 'line'));
  const { store, close } = await openWorkspace(join(folder, 'line'));
  const stored = await store.plan();
  if (stored === undefined) throw new Error('there is no plan');
  plan = stored;
  await close();
  await rm(folder, { recursive: true });
}, 480_000);

describe('a printed plan', () => {
  it('has one row for each of the seven days, in both languages', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const printed = renderPlanText(plan, language);
      // What a start shows before its address: the same beginning, at a glance.
      const brief = renderPlanBrief(plan, language);
      expect(printed.startsWith(`${brief}\n`)).toBe(true);
      expect(brief.split('\n').length).toBeLessThan(10);
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

  it('fits one screen unless all of it is asked for, whatever stands in it', () => {
    const [prompt] = plan.prompts;
    if (prompt === undefined) throw new Error('the plan has no prompt');
    const played = plan.days.flatMap(({ date }) =>
      ['08', '10', '14', '18'].map((hour) => ({ ...prompt, date, from: `${hour}:30`, to: `${hour}:45` })),
    );
    const many = { ...plan, prompts: played };
    for (const language of ['zh-CN', 'en'] as const)
      for (const shown of [
        renderPlanSummary(plan, language),
        renderPlanSummary(many, language),
        renderPlanSummary(many, language, plan),
      ]) {
        expect(shown.split('\n').length).toBeLessThanOrEqual(50);
        expect(shown.startsWith(`${renderPlanBrief(plan, language)}\n`)).toBe(true);
        expect(shown).toContain('--verbose');
        for (const day of plan.days) expect(shown).toContain(day.date);
        expect(shown).not.toMatch(/undefined|NaN/);
      }
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
    expect(renderPlanText(plan, 'en')).toContain('Checked by simulation');
    expect(renderPlanText({ ...plan, proof: null }, 'en')).not.toContain('Checked by simulation');
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
    expect(renderPlanText(plan, 'en').split('\n')[0]).toContain('represents no real');
    expect(renderPlanText({ ...plan, hotline: { ...plan.hotline, madeUp: false } }, 'en')).not.toContain(
      'represents no real',
    );
  });
});

const fileOf = (format: ReportFormat, language: Language, more: Omit<ReportRequest, 'format'> = {}) =>
  reportFile(plan, language, { format, ...more });

describe('a plan as a workbook', () => {
  let parts: Record<string, string>;
  let book: WorkBook;
  beforeAll(async () => {
    const bytes = await fileOf('xlsx', 'en');
    book = read(bytes, { cellNF: true });
    parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, own]) => [name, strFromU8(own)]));
  });

  it('has a sheet that says the week and its decisions, then a sheet per table, named in the language', async () => {
    expect(book.SheetNames).toEqual([
      'The week',
      'Overview',
      ...(shortageOf(plan).worst === undefined ? [] : ['Short']),
      'Days',
      'Calls',
      'Required and scheduled',
      'Shifts',
      ...(plan.prompts.length === 0 ? [] : ['Diversion prompts']),
      'Tiers',
      'Queues',
      'Simulation',
      'Reasons',
    ]);
    const said = utils.sheet_to_csv(book.Sheets['The week'] ?? {}).replaceAll('""', '"');
    for (const sentence of [...weekSentences(plan, 'en'), ...decisionsOf(plan, 'en')])
      expect(said).toContain(sentence);
    const chinese = read(await fileOf('xlsx', 'zh-CN')).SheetNames;
    expect(chinese.slice(0, 2)).toEqual(['本周', '概览']);
    expect(chinese.join('')).not.toMatch(/[a-z]/i);
  });

  it('says the same to a reader that neither wrote it nor takes files in', async () => {
    const sheets = await expectReadable(await fileOf('xlsx', 'en'));
    expect(sheets.map(({ name }) => name)).toEqual(book.SheetNames);
    const days = sheets.find(({ name }) => name === 'Days');
    const at = days?.rows[0]?.indexOf('Connection rate') ?? -1;
    expect(days?.rows.slice(1).map((row) => [row[0], row[at]])).toEqual(
      plan.days.map(({ date, connectionRate }) => [new Date(date), connectionRate.mean]),
    );
    expect(sheets.map(({ charts }) => charts.length).filter((count) => count > 0)).toEqual([1, 1]);
  });

  it('has real dates, clock times, shares, money and whole people', () => {
    const cell = (sheet: string, at: string) => book.Sheets[sheet]?.[at] as CellObject | undefined;
    const shownRows = (sheet: string) =>
      utils.sheet_to_json<Record<string, string>>(book.Sheets[sheet] ?? {}, { raw: false });
    expect(cell('Days', 'A2')).toMatchObject({ t: 'n', z: 'yyyy-mm-dd' });
    const days = utils.sheet_to_json<Record<string, unknown>>(book.Sheets.Days ?? {});
    const shown = shownRows('Days');
    expect(days).toHaveLength(7);
    expect(shown[0]?.Date).toBe(plan.firstDate);
    expect(days[0]?.['Connection rate']).toBeCloseTo(plan.days[0]?.connectionRate.mean ?? 0, 10);
    expect(shown[0]?.['Connection rate']).toBe(
      `${(100 * (plan.days[0]?.connectionRate.mean ?? 0)).toFixed(1)}%`,
    );
    expect(shown[0]?.['First-time calls 80% low']).toBe(figuresOf('en').count(plan.days[0]?.calls.q10));
    const [shift] = shownRows('Shifts');
    expect([shift?.Start, shift?.End]).toEqual([plan.shifts[0]?.start, plan.shifts[0]?.end]);
    expect(shift?.Wages).toMatch(/^[\d,]+ yuan$/);
    for (const row of shownRows('Tiers')) expect(row.Scheduled).toMatch(/^\d*$/);
    expect(shown.flatMap(Object.keys)).not.toContain('');
  });

  it('has styled headings that stay, filters on every table, and a chart of calls and one of operators', () => {
    const sheets = Object.entries(parts).filter(([name]) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name));
    expect(sheets).toHaveLength(book.SheetNames.length);
    expect(sheets.filter(([, xml]) => xml.includes('state="frozen"'))).toHaveLength(sheets.length - 1);
    expect(sheets.filter(([, xml]) => xml.includes('<autoFilter'))).toHaveLength(sheets.length - 1);
    expect(parts['xl/styles.xml']).toMatch(/<b\/>/);
    const charts = Object.entries(parts).filter(([name]) => /^xl\/charts\/chart\d+\.xml$/.test(name));
    expect(charts.map(([, xml]) => [...xml.matchAll(/<c:ser>/g)].length)).toEqual([3, 2]);
    const last = plan.starts.length + 1;
    expect(charts[0]?.[1]).toContain(`Calls!$B$2:$B$${last}`);
    expect(charts[1]?.[1]).toContain(`'Required and scheduled'!$C$2:$C$${last}`);
  });
});

describe('a plan as other files', () => {
  it('is a page without script, and nothing that is fetched', async () => {
    for (const page of ['week', 'leader'] as const) {
      const html = new TextDecoder().decode(await fileOf('html', 'zh-CN', { page }));
      expect(html).toContain('<html lang="zh-CN">');
      expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
      expect(html).not.toMatch(/undefined|NaN/);
    }
  });

  it('says for who decides what was changed since the plan was made, in the words of the page', async () => {
    const page = async (since: readonly PlanInput[]) =>
      new TextDecoder().decode(await reportFile(plan, 'en', { format: 'html', page: 'leader' }, { since }));
    expect(await page(['events', 'shifts'])).toContain('Changed since this plan was made: events, Shifts.');
    expect(await page([])).not.toContain('Changed since this plan was made');
  });

  it('says for who decides which plan stands for the week where it is another', async () => {
    const other = { id: `${plan.week}-b`, week: plan.week, createdAt: plan.createdAt, version: 1 };
    const page = async (state: PlanState, isInForce: boolean) =>
      new TextDecoder().decode(
        await reportFile(
          plan,
          'en',
          { format: 'html', page: 'leader' },
          { other: { plan: { ...other, state }, isInForce } },
        ),
      );
    expect(await page('published', true)).toMatch(
      new RegExp(`Current plan: published plan of ${plan.week}, made [^<]* \\(${other.id}\\)`),
    );
    expect(await page('draft', false)).toContain('Newer, not in force yet: draft plan of');
  });

  it('escapes names that hold markup, and words that a spreadsheet would run', async () => {
    const nasty = { ...plan, hotline: { ...plan.hotline, name: { 'zh-CN': '<b>x</b>', en: '<b>x</b>' } } };
    for (const page of ['week', 'leader'] as const) {
      const html = await reportFile(nasty, 'en', { format: 'html', page });
      expect(new TextDecoder().decode(html)).not.toContain('<b>x</b>');
    }
    expect(csvLine(['=1+1', 'a,"b"', null, 2.5])).toBe('\'=1+1,"a,""b""",,2.5');
  });

  it('is one table as a CSV with a byte-order mark, or all of them in a zip, a file each', async () => {
    const days = await fileOf('csv', 'en', { table: 'days' });
    expect([...days.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(days).trim().split('\r\n')).toHaveLength(8);
    const files = unzipSync(await fileOf('zip', 'zh-CN'));
    for (const name of Object.keys(files)) expect(name).toMatch(/^\d\d .+\.csv$/);
    expect(Object.keys(files)).toContain('01 概览.csv');
    for (const file of Object.values(files)) expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(await fileOf('zip', 'zh-CN')).toEqual(await fileOf('zip', 'zh-CN'));
  });
});

describe('a plan on paper', () => {
  let running: RunningBrowser;
  beforeAll(async () => {
    running = await startBrowser();
  });
  afterAll(() => running.close());

  /** How many A4 pages a report takes, what on it is wider than the paper, and its text. */
  const printed = async (language: Language, kind: ReportPage, own = plan) => {
    const page = await running.browser.newPage();
    const html = await reportFile(own, language, { format: 'html', page: kind });
    await page.setContent(new TextDecoder().decode(html));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    await page.emulateMedia({ media: 'print' });
    const millimetres = (kind === 'leader' ? 210 : 297) - 22;
    await page.setViewportSize({ width: Math.floor((millimetres / 25.4) * 96), height: 700 });
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter(
          (element) =>
            element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 ||
            (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1),
        )
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    const text = await page.evaluate(() => document.body.innerText);
    await page.close();
    return { pages: [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length, cut, text };
  };

  it.each(['zh-CN', 'en'] as const)('is one A4 page for who decides (%s)', async (language) => {
    const { pages, cut, text } = await printed(language, 'leader');
    expect([pages, cut]).toEqual([1, []]);
    for (const sentence of [...weekSentences(plan, language), ...decisionsOf(plan, language)])
      expect(text).toContain(sentence);
  });

  it('is one page too when there is much to decide', async () => {
    const much = {
      ...plan,
      unusual: plan.notices.slice(0, 1),
      history: { ...plan.history, lastDate: '2026-10-01' },
      assumptions: plan.queues.map(({ name }) => ({
        code: 'handle-time-assumed',
        values: { queue: name, seconds: 235 },
      })),
    } as PlanDocument;
    for (const language of ['zh-CN', 'en'] as const)
      expect((await printed(language, 'leader', much)).pages).toBe(1);
  });

  it.each(['zh-CN', 'en'] as const)(
    'is the whole week with every shift, nothing cut (%s)',
    async (language) => {
      const { cut, text } = await printed(language, 'week');
      expect(cut).toEqual([]);
      const lines = text.split('\n');
      for (const { date } of plan.days) {
        const shifts = plan.shifts.filter((shift) => shift.date === date).length;
        const rows = lines.filter((line) => line.startsWith(figuresOf(language).day(date)));
        expect(rows.length).toBeGreaterThanOrEqual(shifts + 2);
      }
    },
  );
});

it('leaves closed hours grey on the page for who decides, and has its time on the clock of the hotline', () => {
  const isOpen = (start: string): boolean => start.slice(11) >= '08:00' && start.slice(11) < '18:00';
  const zeroed = (values: readonly number[]): number[] =>
    values.map((value, i) => (isOpen(plan.starts[i] ?? '') ? Math.max(1, value) : 0));
  const closing: PlanDocument = {
    ...plan,
    hotline: { ...plan.hotline, zone: 'Asia/Shanghai' },
    standing: { state: 'draft', at: '2026-11-30T16:08:00.000Z', by: '' },
    tiers: plan.tiers.map((tier) => ({
      ...tier,
      required: zeroed(tier.required),
      scheduled: zeroed(tier.scheduled),
    })),
    // The few who dial again after closing: nobody answers them.
    queues: plan.queues.map((queue) => ({
      ...queue,
      serviceLevel: queue.serviceLevel.map((value, i) => (isOpen(plan.starts[i] ?? '') ? value : 0)),
    })),
  };
  const page = leaderHtml(closing, 'en');
  const closed = plan.starts.filter((start) => !isOpen(start)).length;
  expect(page.split('fill="#eceff1"').length - 1).toBe(closed);
  expect(page).toContain('01/12/2026, 00:08');
});
