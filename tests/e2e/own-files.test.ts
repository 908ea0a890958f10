import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import type { WordKey } from '../../src/web/words/words.tsx';
import { pageWord } from '../support/page-word.ts';
import {
  axeFindings,
  go,
  openPage,
  openTestSite,
  type TestPage,
  type TestSite,
} from '../support/test-site.ts';

const patience = 180_000;
const two = (n: number): string => String(n).padStart(2, '0');
const rows = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));

/** Twenty calls of each half-hour of two weeks. */
const callsOf = (row: (day: string, clock: string, k: number) => string, queue: string): string[] =>
  rows(14, (day) =>
    rows(20, (slot) =>
      rows(20, (k) => {
        const clock = `${two(8 + (slot >> 1))}:${slot % 2 === 0 ? '00' : '30'}`;
        return `${day}-${slot}-${k},${queue},${row(two(day + 16), clock, k)}`;
      }),
    ),
  ).flat(2);

/** Three weeks of a line's own half-hours, its events, people, test calls, and a monitor's results of others. */
const filesIn = {
  en: {
    'acd_report.csv': [
      'Service,Date,Interval,Calls Offered,Calls Answered,Abandoned,AHT (mm:ss)',
      ...rows(21, (day) =>
        rows(20, (slot) => [
          `Council Tax,${two(day + 9)}/11/2026,${two(8 + (slot >> 1))}:${slot % 2 === 0 ? '00' : '30'},20,19,1,04:12`,
        ]),
      ).flat(2),
    ],
    'campaigns.csv': ['Event,From,To,Expected uplift', 'Reminder letters,09/12/2026,11/12/2026,+15%'],
    'staff.csv': [
      'Staff no,Name,Contract hours per week,Skills,Started',
      'A01,Amy Hill,37,Council Tax,02/03/2021',
      'A02,Ben Hill,20,Council Tax,02/03/2021',
    ],
    'test_calls.csv': [
      'Date,Time,Connected,Seconds to answer',
      ...rows(9, (i) => `${two(i + 16)}/11/2026,10:0${i},Yes,${5 + i}`),
    ],
    'benchmark.csv': [
      'Hotline,Period,Test calls,Connected',
      'Northtown,2026-11,21,17',
      'Easton,2026-11,21,12',
    ],
  },
  'zh-CN': {
    '话务报表.csv': [
      '业务,日期,时段,来电数,接听数,放弃数,平均处理时长(秒)',
      ...rows(21, (day) =>
        rows(20, (slot) => [
          `咨询,2026-11-${two(day + 9)},${two(8 + (slot >> 1))}:${slot % 2 === 0 ? '00' : '30'},20,19,1,252`,
        ]),
      ).flat(2),
    ],
    '活动安排.csv': ['活动名称,开始日期,结束日期,预计增幅', '缴费通知,2026-12-09,2026-12-11,+15%'],
    '花名册.csv': ['人员编号,姓名,每周工作小时,技能', 'A01,王敏,40,咨询', 'A02,李伟,20,咨询'],
    '拨测记录.csv': [
      '拨测日期,拨测时间,是否接通,等待秒数',
      ...rows(9, (i) => `2026/11/${i + 16},10:0${i},接通,${5 + i}`),
    ],
    '监测通报.csv': [
      '热线名称,监测批次,拨测次数,接通次数',
      '甲市12345,2026年11月,21,17',
      '乙市12345,2026年11月,21,12',
    ],
  },
} as const;

/** The same calls once more, each by itself under another queue's name; people and their leave; checks of quality. */
const laterFiles = {
  en: {
    'call_log.csv': [
      'Call ID,Queue,Arrival,Wait seconds,Answered?,Talk time',
      ...callsOf(
        (day, clock, k) => `${day}/11/2026 ${clock}:${two(k)},${k},${k === 0 ? 'No' : 'Yes'},252`,
        'Revenues',
      ),
    ],
    'leave.csv': ['Employee,Start date,End date,Leave type', 'A03,07/12/2026,09/12/2026,annual'],
    'people.csv': ['Staff no,Name,Contract hours per week,Skills', 'A03,Cy Hill,37,Council Tax'],
    'quality.csv': ['Agent,Name,Quality,Checked on', 'A01,Amy Hill,92,20/11/2026'],
  },
  'zh-CN': {
    '通话记录.csv': [
      '通话编号,技能组,呼入时间,排队时长(秒),是否接通,通话时长(秒)',
      ...callsOf(
        (day, clock, k) => `2026-11-${day} ${clock}:${two(k)},${k},${k === 0 ? '否' : '是'},252`,
        '市民热线',
      ),
    ],
    '请假单.csv': ['工号,请假类型,开始日期,结束日期', 'A03,年假,2026-12-07,2026-12-09'],
    '新名册.csv': ['人员编号,姓名,每周工作小时,技能', 'A03,张丽,40,咨询'],
    '质检表.csv': ['工号,姓名,质检得分,质检日期', 'A01,王敏,92,2026-11-20'],
  },
} as const;

describe.each(['zh-CN', 'en'] as const)("a line's own files in %s", (language) => {
  const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
    pageWord(key, language, values);
  let site: TestSite;
  let opened: TestPage;
  beforeAll(async () => {
    site = await openTestSite();
    opened = await openPage(site, language);
  }, patience);
  afterAll(async () => {
    await site.close();
  });

  test(
    'five at once are on one list, and imported by one press where nothing has to be asked',
    async () => {
      const { page } = opened;
      await go(page, 'data', say('nav.data'));
      const choose = (files: Record<string, readonly string[]>): Promise<void> =>
        page.locator('input[type=file]').setInputFiles(
          Object.entries(files).map(([name, lines]) => ({
            ...{ name, mimeType: 'text/csv' },
            buffer: Buffer.from(lines.join('\n')),
          })),
        );
      const half = (queue: string, calls: number): string[] => [
        'queue,start,offered,answered,abandoned',
        `${queue},2026-12-01 09:00,${calls},9,1`,
      ];
      await choose({ ...filesIn[language], 'bad.csv': half('bad', -10) });
      const read = page.getByText(say('report.dry', { rows: '|' }).split('|')[0] ?? '');
      await expect.poll(() => read.count(), { timeout: patience }).toBe(5);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: say('data.takeInAll') }).click();
      await page.getByText(say('data.takenOf', { n: 5, all: 6 })).waitFor();
      // One that is left keeps the page open. What is chosen now finds a line with queues: another name is asked about.
      const [queue] = (await (await page.request.get(`${site.url}/api/v1/workspace`)).json()).traffic;
      await choose({ 'misspelt.csv': half(`${queue.queue}s`, 10) });
      const misspelt = page.getByRole('region', { name: 'misspelt.csv' });
      await misspelt.getByText(say('file.assumed')).first().waitFor();
      for (const name of ['bad.csv', 'misspelt.csv'])
        await page
          .getByRole('region', { name })
          .getByRole('button', { name: say('file.leaveOut') })
          .click();
      const { store, close } = await openWorkspace(site.folder);
      const calls = await store.monitoring.testCalls(undefined, {
        fromMillis: 0,
        toMillis: Date.UTC(2027, 0),
      });
      const [hotlines, people, events] = await Promise.all([
        store.read('hotlines'),
        store.read('operators'),
        store.read('events'),
      ]);
      await close();
      // Its own test calls stand under its own name, not under that of the line which went.
      const own = calls.filter(({ placedAtMillis }) => placedAtMillis >= Date.UTC(2026, 10, 16));
      expect(own).toHaveLength(9);
      expect(new Set(own.map(({ hotline }) => hotline))).toEqual(new Set(['我的热线']));
      expect(hotlines.map(({ hotline }) => hotline)).not.toContain('示例市 12345 热线（虚构）');
      expect(people.map(({ operator }) => operator)).toEqual(['A01', 'A02']);
      expect(events.some(({ label }) => label === 'Reminder letters' || label === '缴费通知')).toBe(true);
    },
    patience,
  );

  test(
    'call records by yes and no, people and their leave are asked nothing; a file is left out, and calls stored twice said in the box',
    async () => {
      const { page } = opened;
      const files = Object.entries(laterFiles[language]);
      const [calls, leave, , quality] = files.map(([name]) => page.getByRole('region', { name }));
      await page.locator('input[type=file]').setInputFiles(
        files.map(([name, lines]) => ({
          ...{ name, mimeType: 'text/csv' },
          buffer: Buffer.from(lines.join('\n')),
        })),
      );
      // Whom the list brings that comes along is no stranger.
      await leave?.getByText(say('file.awaits')).waitFor();
      const read = page.getByText(say('report.dry', { rows: '|' }).split('|')[0] ?? '');
      await expect.poll(() => read.count(), { timeout: patience }).toBe(3);
      expect(await leave?.locator('.ant-alert-warning').count()).toBe(0);
      await quality?.getByRole('button', { name: say('file.leaveOut') }).click();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: say('data.takeInAll') }).click();
      await page.getByText(say('data.takenOf', { n: 3, all: 3 })).waitFor();
      const report = calls?.getByTestId('ingest-report');
      const different = report?.getByRole('button', { name: say('quality.different') });
      await different?.waitFor();
      expect(await report?.locator('.ant-alert-warning').count()).toBe(1);
      // Said once to be others, they are asked about no more, on no page.
      await different?.click();
      await different?.waitFor({ state: 'detached' });
      await page.getByText(say('quality.noDoubts')).waitFor();
      const { store, close } = await openWorkspace(site.folder);
      const [people, log] = await Promise.all([
        store.read('leave'),
        store.audit({ fromMillis: 0, toMillis: 8e15, limit: 5, actions: ['models-changed'] }),
      ]);
      await close();
      expect(people.map(({ operator }) => operator)).toEqual(['A03']);
      expect(JSON.stringify(log[0]?.after)).toContain('differentCalls');
    },
    patience,
  );
});
