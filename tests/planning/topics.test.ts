import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TopicsDocument, topicsDocumentSchema } from '../../src/contract/documents/forecast-document.ts';
import { addDays, dayNumber } from '../../src/kernel/time.ts';
import { forecastByTopic } from '../../src/planning/forecast-by-topic.ts';
import { ingestFiles } from '../../src/planning/ingest-files.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { topicsAnswer } from '../../src/render/documents/forecast-answers.ts';
import { answerText } from '../../src/render/answer.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';
import { madeUpTopics } from '../support/made-up-topics.ts';
import { chinese, english } from '../support/said.ts';
import { isLongRun } from '../support/sweep.ts';

const first = '2024-06-03';
const origin = '2026-10-26';
const days = dayNumber(origin) - dayNumber(first);

let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
let ports: Ports;

const take = (kind: 'traffic' | 'topics', rows: readonly string[], acceptUnusual = false) =>
  ingestFiles(
    ports,
    [
      {
        name: 'own.csv',
        chunks: (async function* () {
          yield new TextEncoder().encode(`${rows.join('\n')}\n`);
        })(),
      },
    ],
    {
      kind,
      absent: 'auto',
      attribution: 'arrival',
      skipBadRows: false,
      acceptUnusual,
      dryRun: false,
      callerKey: 'k',
    },
  );

const made = madeUpTopics(
  [
    {
      topic: '公用事业,供热',
      perDay: 20,
      season: { begins: '11-13', spread: 2, riseDays: 9, times: 8, days: 110 },
    },
    { topic: '公用事业,供水', perDay: 15 },
    { topic: '住房,物业管理', perDay: 60 },
  ],
  { seed: 5, first, days },
);

/** Rows of a file; `from` 0: the first day. */
const rowsOf = (factor = 1): string[] => [
  '一级分类,二级分类,日期,工单量',
  ...[...made.grids].flatMap(([topic, { values }]) =>
    Array.from(values, (count, d) => `${topic},${addDays(first, d)},${factor * count}`),
  ),
];

beforeAll(async () => {
  workspace = await demoWorkspace(14, undefined, { hourly: true });
  ({ ports } = workspace);
  const traffic = Array.from(made.total.values.slice(-300), (count, d) =>
    [9, 10, 11].map((hour) => {
      const share = hour === 11 ? 2 * count - 2 * Math.floor((2 * count) / 3) : Math.floor((2 * count) / 3);
      return `general,${addDays(origin, d - 300)}T${String(hour).padStart(2, '0')}:00,${share}`;
    }),
  ).flat();
  await take('traffic', ['queue,start,offered', ...traffic]);
  ports = { ...ports, models: { ...ports.models, hotline: { ...ports.models.hotline, madeUp: false } } };
});
afterAll(() => workspace.close());

describe('a file of topics', () => {
  it('whose sum is ten times the calls is questioned, and taken in when it is confirmed', async () => {
    await expect(take('topics', rowsOf(20))).rejects.toMatchObject({
      problems: [{ rule: 'columns-guessed' }, { rule: 'unusual-topics', column: 'demands' }],
    });
    expect(await ports.store.read('topics')).toHaveLength(0);
  });

  it.each([
    ['日期,诉求类型,件数', '2026-13-45,供热,3', 'impossible-date'],
    ['日期,诉求类型,件数', '2026-11-02,供热,-3', 'negative-count'],
    ['日期,诉求类型,件数', '2026-11-02,,3', 'missing-value'],
    ['日期,诉求类型,件数', '2026-11-02,供热,', 'missing-value'],
    ['日期,件数', '2026-11-02,3', 'missing-column'],
  ])('%s with %s is refused: %s', async (head, row, rule) => {
    const work = take('topics', [
      head,
      '2026-11-01,供热,5'.slice(0, head.includes('诉求') ? undefined : 12),
      row,
    ]);
    await expect(work).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ rule })]) as unknown,
    });
    expect(await ports.store.read('topics')).toHaveLength(0);
  });

  it('of one row a demand is counted by day, totals of its own left out', async () => {
    const { document } = await take('topics', [
      '工单编号,受理时间,诉求类型',
      '1,2020-03-01 08:10,噪声/施工',
      '2,2020-03-01 23:50,噪声/施工',
      '3,2020-03-02 00:05,噪声/施工',
      '4,2020-03-02 00:05,合计',
    ]);
    expect(document).toMatchObject({ kind: 'topics', stored: { added: 2 } });
    expect(await ports.store.read('topics')).toEqual([
      { topic: '噪声/施工', date: '2020-03-01', demands: 2, days: 1 },
      { topic: '噪声/施工', date: '2020-03-02', demands: 1, days: 1 },
    ]);
  });

  it.each([
    ['受理时间,诉求大类,诉求小类', '2018-03-01 08:10,环境,噪声'],
    ['登记日期,事项大类,事项小类', '2018-03-01,环境,噪声'],
  ])('is understood under the headings %s', async (heading, row) => {
    await take('topics', [heading, row]);
    expect(await ports.store.read('topics')).toContainEqual({
      topic: '环境/噪声',
      date: '2018-03-01',
      demands: 1,
      days: 1,
    });
  });

  it('of months is taken for whole months', async () => {
    await take('topics', [
      '月份,诉求类型,件数',
      ...['01', '02', '03', '04', '05'].map((m) => `2019-${m},旧类,90`),
    ]);
    expect(
      (await ports.store.read('topics')).filter(({ topic }) => topic === '旧类').map(({ days: own }) => own),
    ).toEqual([31, 28, 31, 30, 31]);
  });
});

describe('the forecast by topic', () => {
  let document: TopicsDocument;
  beforeAll(async () => {
    await take('topics', rowsOf());
    document = await forecastByTopic(ports, { weeks: 12, seed: 1 });
  });

  it('adds up, level by level and week by week', () => {
    topicsDocumentSchema.parse(document);
    expect(document.weeks).toHaveLength(12);
    expect(document.weeks[0]).toEqual({ start: origin, days: 7 });
    document.total.weeks.forEach(({ mean }, w) => {
      const tops = document.topics.filter(({ parent }) => parent === null);
      const leaves = document.topics.filter(
        ({ topic, parent }) => parent !== null || !document.topics.some((other) => other.parent === topic),
      );
      for (const level of [tops, leaves])
        expect(level.reduce((sum, { weeks }) => sum + weeks[w]!.mean, 0)).toBeCloseTo(mean, 6);
    });
  });

  it('names the basis: half of the calls', () => {
    expect(document.basis?.share).toBeCloseTo(0.5, 2);
    expect(document.line).toHaveLength(12);
    expect(document.notices.map((one) => english(one)).join('\n')).toMatch(
      /topics add up to 50\.\d% of first-time calls/,
    );
  });

  it('tells of the heating season beforehand, with what the last years did', () => {
    expect(document.topics[0]).toMatchObject({ topic: '公用事业', parent: null });
    expect(document.early).toHaveLength(1);
    const [said] = document.early;
    expect(said).toMatchObject({ code: 'topic-season-ahead', values: { topic: '公用事业/供热' } });
    expect(english(said)).toMatch(
      /^公用事业 \/ 供热 rose from 2024-11-1\d \([\d.]+ to \d+ a day within \d+ days\), for some 1\d weeks; from 2025-11-1\d.*Expected to rise from about 2026-11-1\d \(80%: 2026-11-\d\d to 2026-11-\d\d\), \d+ days from now/,
    );
    expect(chinese(said)).toContain('预计 2026-11-1');
  });

  it.runIf(isLongRun)(
    'of a week that is planned comes first and apart, from what was known before it',
    async () => {
      const [known, week] = [addDays(origin, -14), '2026-W44'];
      const planned = await forecastByTopic(ports, { week, weeks: 3, seed: 1 });
      const later = await forecastByTopic(ports, { week: '2026-W46', weeks: 2, seed: 1 });
      const earlier = await forecastByTopic(ports, { from: known, weeks: 5, seed: 1 });
      const kept = await forecastByTopic(ports, { week: '2026-W42', weeks: 5, seed: 1 });
      expect(planned).toMatchObject({ week, origin, weeks: [{ start: origin, days: 7 }, {}, {}] });
      expect(later).toMatchObject({ origin, weeks: [{ start: addDays(origin, 14) }, {}] });
      // the weeks between are forecast as well: the week is the third that is asked for without it
      const whole = await forecastByTopic(ports, { weeks: 4, seed: 1 });
      expect(later.total.weeks[0]).toEqual(whole.total.weeks[2]!);
      expect({ ...kept, week: undefined }).toEqual({ ...earlier, week: undefined });
      expect(later.line![0]).toBeCloseTo(whole.line![2]!, 6);
      const told = answerText(topicsAnswer(later, 'en', false), 'en');
      expect(told).toMatch(/week 2026-W46 +80% range +a day ahead +2 weeks from then/);
      await expect(forecastByTopic(ports, { week: '2027-W40', weeks: 1, seed: 1 })).rejects.toMatchObject({
        problems: [{ rule: 'topics-week-far' }],
      });
    },
  );

  it('is told in the terminal in both languages', () => {
    expect(answerText(topicsAnswer(document, 'en', false), 'en')).toMatch(/topic +a day, last 4 weeks/);
    expect(answerText(topicsAnswer(document, 'zh-CN', false), 'zh-CN')).toContain('近四周日均');
  });

  it('counts a topic that was renamed as one, and says where one may have been', async () => {
    await take('topics', [
      '日期,诉求类型,件数',
      ...Array.from({ length: 60 }, (_, d) => `${addDays(origin, d)},供水诉求,15`),
      ...Array.from({ length: 60 }, (_, d) => `${addDays(origin, d)},住房/物业管理,60`),
      ...Array.from({ length: 60 }, (_, d) => `${addDays(origin, d)},公用事业/供热,100`),
    ]);
    const apart = await forecastByTopic(ports, { weeks: 4, seed: 1 });
    const told = apart.notices.find((one) => 'code' in one && one.code === 'topic-perhaps-renamed');
    expect(told).toMatchObject({ values: { topic: '公用事业/供水', heir: '供水诉求' } });
    expect(apart.topics.map(({ topic }) => topic)).not.toContain('公用事业/供水');
    const same = await forecastByTopic(ports, { weeks: 4, seed: 1, same: ['公用事业/供水=供水诉求'] });
    expect(same.topics.map(({ topic }) => topic)).toContain('供水诉求');
    expect(same.notices.some((one) => 'code' in one && one.code === 'topic-perhaps-renamed')).toBe(false);
    await expect(forecastByTopic(ports, { weeks: 4, seed: 1, same: ['x=y'] })).rejects.toMatchObject({
      problems: [{ rule: 'not-a-topic-name' }],
    });
  });
});
