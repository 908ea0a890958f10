import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bandsDocumentSchema } from '../../src/contract/documents/requirement-document.ts';
import { scorecardDocumentSchema } from '../../src/contract/documents/score-documents.ts';
import { scorecardSchema } from '../../src/contract/models/monitor-model.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Shanghai']);
});

const huawu = (...words: string[]): ReturnType<typeof runCommand> =>
  runCommand([...words, '--workspace', workspace, '--lang', 'en']);

describe('what the hot band takes', () => {
  test('11 of 11 but 19 of 20, with the true rates of 50, 80 and 90 %', async () => {
    const { needs, sample } = bandsDocumentSchema.parse(JSON.parse((await huawu('bands', '--json')).out));
    expect(needs.map((need) => [need.testCalls, need.needed, need.failuresAllowed])).toEqual([
      [11, 11, 0],
      [20, 19, 1],
    ]);
    expect(needs[0]?.chances.map(({ testRate }) => testRate ** 11)).toEqual(
      [0.5, 0.8, 0.9].map((chance) => expect.closeTo(chance, 9)),
    );
    expect(sample).toBeNull();
    const told = (await huawu('bands')).out;
    expect(told).toContain('99.05%');
    expect(told).toMatch(/: one attempt of at most \d+ s; hot from/);
  });

  test('goes into a page, a workbook or a CSV for each table, with the figures that are printed', async () => {
    const out = (name: string): string => join(folder, name);
    const printed = (await huawu('bands')).out;
    for (const name of ['bands.html', 'bands.xlsx', 'bands.zip'])
      expect((await huawu('bands', '--out', out(name))).out).toBe(printed);
    const page = await readFile(out('bands.html'), 'utf8');
    expect(page).toContain('<h1>What a hot rating takes</h1>');
    expect(page).toContain('99.05%');
    const { unzipSync, strFromU8 } = await import('fflate');
    const [csv] = Object.values(unzipSync(await readFile(out('bands.zip'))));
    expect(strFromU8(csv ?? new Uint8Array())).toMatch(/^\uFEFF?test calls,must connect/);
    expect(Object.keys(unzipSync(await readFile(out('bands.xlsx'))))).toContain('xl/worksheets/sheet2.xml');
    const refused = await huawu('bands', '--out', out('bands.pdf'));
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('.html, .xlsx, .zip');
  });

  test('5 of 17 is 29.41 %, cold by its sample, and likelier warm than cold in truth', async () => {
    const asked = ['bands', '--connected', '5', '--test-calls', '17'];
    const { sample } = bandsDocumentSchema.parse(JSON.parse((await huawu(...asked, '--json')).out));
    expect(sample).toMatchObject({
      band: 'cold',
      low: expect.closeTo(0.1031, 4),
      high: expect.closeTo(0.5596, 4),
    });
    expect(sample?.nextBandChances.cold).toBeCloseTo(0.61506, 5);
    expect(sample?.pooled.hotlines).toBe(0);
    expect(sample?.pooled.trueBandChances.warm).toBeCloseTo(0.656, 2);
    expect((await huawu(...asked)).out).toContain('29.41%, cold; 95% interval 10.31%–55.96%');
  });

  test.each([
    [['--connected', '5']],
    [['--connected', '12', '--test-calls', '11']],
    [['--test-calls', '0']],
    [['--test-calls', '11,x']],
  ])('%j is wrong usage', async (words) => {
    expect((await huawu('bands', ...words)).code).toBe(2);
  });
});

describe('what published scores tell of the scorecard', () => {
  const credit = ['--solved', '20.35%', '--partly', '49.12%', '--effect', '52.76'];

  test('a partly solved call counts 0.66 by the published figures; a file is written that can be used', async () => {
    const file = join(folder, 'fitted.json');
    const { out } = await huawu('scorecard', ...credit, '--out', file, '--json');
    const { partialCredit, period } = scorecardDocumentSchema.parse(JSON.parse(out));
    expect([partialCredit?.fitted, period]).toEqual([expect.closeTo(0.6598, 4), null]);
    const written = scorecardSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(written.indicators.at(-1)?.scoring).toMatchObject({ partialCredit: 0.6598 });
  });

  test('figures that cannot belong together, and nothing to fit, are bad input; two of three is wrong usage', async () => {
    const impossible = await huawu('scorecard', '--solved', '0.6', '--partly', '0.3', '--effect', '52.76');
    expect([impossible.code, impossible.err.includes('these figures are inconsistent')]).toEqual([3, true]);
    expect((await huawu('scorecard')).err).toContain('at least 5 results with every indicator and a total');
    expect((await huawu('scorecard', '--solved', '0.2')).code).toBe(2);
  });

  test('weights come back from totals, parts standing for their indicator', async () => {
    const weights = [0.4, 0.1, 0.2, 0.1, 0.2];
    const rows = [
      'hotline,period,test_calls,connected,mean_seconds,opening-stage,closing-stage,communication-standard,problem-solving,total',
    ];
    for (let i = 0; i < 40; i += 1) {
      const [connected, seconds, open, close] = [
        1 + ((i * 7) % 11),
        15 + ((i * 13) % 45),
        40 + ((i * 5) % 50),
        30 + ((i * 11) % 60),
      ];
      const [standard, solved] = [50 + ((i * 17) % 50), 20 + ((i * 29) % 70)];
      const points = [
        (100 * connected) / 11,
        (100 * (60 - seconds)) / 45,
        (open + close) / 2,
        standard,
        solved,
      ];
      const total = points.reduce((sum, one, k) => sum + one * (weights[k] ?? 0), 0);
      rows.push(
        `h${i},2024,11,${connected},${seconds},${open},${close},${standard},${solved},${total.toFixed(6)}`,
      );
    }
    rows.push('h0,2025,11,5,20,50,50,60,60,55');
    const file = join(folder, 'scores.csv');
    await writeFile(file, `${rows.join('\n')}\n`);
    expect((await huawu('ingest', 'monitoring', file)).code).toBe(0);
    const told = scorecardDocumentSchema.parse(JSON.parse((await huawu('scorecard', '--json')).out));
    expect([told.period, told.results]).toEqual(['2024', 40]);
    told.weights.forEach(({ fitted }, i) => expect(fitted).toBeCloseTo(weights[i] ?? Number.NaN, 4));
    expect((await huawu('scorecard')).out).not.toContain('made up');
    const hotline = join(workspace, 'models', 'hotline.json');
    const model: object = JSON.parse(await readFile(hotline, 'utf8'));
    await writeFile(hotline, JSON.stringify({ ...model, madeUp: true }));
    expect((await huawu('scorecard')).out).toContain('everything is made up');
    await writeFile(hotline, JSON.stringify(model));
  });
});
