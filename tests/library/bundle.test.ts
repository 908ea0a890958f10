import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { promptEffect } from '../../src/library/diversion.ts';
import { bandChances } from '../../src/library/monitoring.ts';
import { erlangA } from '../../src/library/queueing.ts';
import { leastOperatorsByInterval } from '../../src/library/staffing.ts';
import { startBrowser } from '../support/browser.ts';

const root = join(import.meta.dirname, '../..');
const library = (part: string): string => JSON.stringify(join(root, 'src/library', `${part}.ts`));

/** A program of somebody else's as a bundler makes it for a browser: one module, minified. */
const bundle = async (source: string): Promise<string> => {
  const entry = '\0program';
  const made = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? entry : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      lib: { entry: 'program', formats: ['es'], fileName: 'program' },
      rolldownOptions: { input: 'program' },
    },
  });
  const [output] = [made].flat();
  if (output === undefined || !('output' in output)) throw new Error('nothing was made');
  return output.output.map((each) => ('code' in each ? each.code : '')).join('');
};

/** Most kilobytes of one function, minified, before compression. */
const most = { erlangA: 15, bandChances: 15, leastOperatorsByInterval: 102, promptEffect: 75 };
const partOf = {
  erlangA: 'queueing',
  bandChances: 'monitoring',
  leastOperatorsByInterval: 'staffing',
  promptEffect: 'diversion',
};

test.each(Object.keys(most) as (keyof typeof most)[])('%s brings along only what it needs', async (name) => {
  const code = await bundle(`export { ${name} } from ${library(partOf[name])};`);
  process.stdout.write(
    `${name}: ${(code.length / 1000).toFixed(1)} kB minified, ${(gzipSync(code).length / 1000).toFixed(1)} kB gzip\n`,
  );
  expect(code.length / 1000).toBeLessThanOrEqual(most[name]);
});

/** To twelve digits: engines differ in the last one of logarithms. */
const rounded = (answers: unknown): unknown =>
  JSON.parse(JSON.stringify(answers), (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  );

const interval = {
  loadErlangs: 20,
  operators: 22,
  handleTimeSeconds: 240,
  patienceSeconds: 120,
  thresholdSeconds: 15,
};
const line = { intervalMinutes: 30, calls: [60, 90, 80, 30], handleTimeSeconds: 240, patienceSeconds: 120 };
const targets = { connectionRate: 0.95, serviceLevel: 0.8 };
const prompt = { from: 1, to: 3, announcementSeconds: 5, onlineShare: 0.12, onlineFailureShare: 0.2 };

test('formulas, staffing, prompts and bands answer the same in a browser', async () => {
  const code = await bundle(`
    import { promptEffect } from ${library('diversion')};
    import { bandChances } from ${library('monitoring')};
    import { erlangA } from ${library('queueing')};
    import { leastOperatorsByInterval } from ${library('staffing')};
    globalThis.answers = [
      erlangA(${JSON.stringify(interval)}),
      leastOperatorsByInterval(${JSON.stringify(line)}, ${JSON.stringify(targets)}),
      promptEffect(${JSON.stringify(line)}, [9, 10, 10, 9], ${JSON.stringify(prompt)}),
      bandChances(0.96, 20),
    ];`);
  const { browser, close } = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: code, type: 'module' });
    await page.waitForFunction(() => 'answers' in globalThis);
    const answers = await page.evaluate(() => (globalThis as unknown as { answers: unknown }).answers);
    const here = [
      erlangA(interval),
      leastOperatorsByInterval(line, targets),
      promptEffect(line, [9, 10, 10, 9], prompt),
      bandChances(0.96, 20),
    ];
    expect(rounded(answers)).toEqual(rounded(here));
  } finally {
    await close();
  }
});
