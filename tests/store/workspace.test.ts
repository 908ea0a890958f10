import { messageOf } from '../support/said.ts';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { trafficRows } from '../support/traffic-rows.ts';

const modelsFrom = new URL('../../models', import.meta.url).pathname;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-workspace-'));
});
afterEach(() => rm(folder, { recursive: true }));

const problemsOf = async (work: Promise<unknown>): Promise<readonly Problem[]> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(BadInputError);
  return (thrown as BadInputError).problems;
};

const makeWorkspace = async (name = 'w'): Promise<string> => {
  const at = join(folder, name);
  await (await createWorkspace(at, { modelsFrom })).close();
  return at;
};

const editModel = async (at: string, file: string, edit: (text: string) => string): Promise<void> => {
  const path = join(at, 'models', file);
  await writeFile(path, edit(await readFile(path, 'utf8')));
};

describe('a workspace', () => {
  test('is made with its models and opens again', async () => {
    const at = join(folder, 'w');
    const made = await createWorkspace(at, { modelsFrom, zone: 'Europe/London', country: 'gb' });
    await made.store.write('traffic', trafficRows('general', 5));
    await made.close();
    const again = await openWorkspace(at);
    expect(again.models.hotline).toMatchObject({ zone: 'Europe/London', country: 'GB' });
    expect((await again.store.traffic('general')).offered.length).toBe(5);
    await again.close();
  });

  test('a folder that is none is refused and left alone', async () => {
    expect((await problemsOf(openWorkspace(folder))).map((p) => p.rule)).toEqual(['no-workspace']);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a models folder of somebody’s own is never overwritten', async () => {
    const at = await makeWorkspace();
    await rm(join(at, 'huawu.db'));
    await editModel(at, 'targets.json', () => '{"mine": true}');
    const problems = await problemsOf(createWorkspace(at, { modelsFrom }));
    expect(problems.map((p) => p.rule)).toEqual(['workspace-exists']);
    expect(await readFile(join(at, 'models/targets.json'), 'utf8')).toBe('{"mine": true}');
  });

  test('models that do not validate leave no half-made workspace', async () => {
    const broken = await makeWorkspace('broken');
    await editModel(broken, 'hotline.json', (json) => json.replace('"zone"', '"zome"'));
    const at = join(folder, 'new', 'inner');
    await problemsOf(createWorkspace(at, { modelsFrom: join(broken, 'models') }));
    expect(await readdir(folder)).toEqual(['broken']);
    // A folder of somebody's own stays, with nothing in it.
    await mkdir(at, { recursive: true });
    await problemsOf(createWorkspace(at, { modelsFrom: join(broken, 'models') }));
    expect(await readdir(at)).toEqual([]);
  });
});

describe('the models', () => {
  test('every problem of every file is told at once, with file and path', async () => {
    const at = await makeWorkspace();
    await editModel(at, 'hotline.json', (json) => json.replace(/"trunks": \d+/, '"trunks": -1'));
    await editModel(at, 'targets.json', (json) => json.replace(/"confidence": [\d.]+/, '"confidence": 80'));
    await editModel(at, 'shifts.json', () => '{');
    const problems = await problemsOf(openWorkspace(at));
    expect(problems.map((p) => [p.file?.slice(at.length + 8), p.path, p.value])).toEqual([
      ['hotline.json', 'trunks', '-1'],
      ['targets.json', 'confidence', '80'],
      ['shifts.json', undefined, undefined],
    ]);
    for (const problem of problems) expect(messageOf(problem)['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
  });

  test('a file that is missing is named', async () => {
    const at = await makeWorkspace();
    await rm(join(at, 'models/prompts.json'));
    await rm(join(at, 'models/monitors'), { recursive: true });
    const problems = await problemsOf(openWorkspace(at));
    expect(problems.map((p) => p.rule)).toEqual(['model-file-missing', 'model-file-missing']);
    expect(problems[0]?.file).toBe(join(at, 'models/prompts.json'));
  });

  test('names that point nowhere and queues that nobody answers are found', async () => {
    const at = await makeWorkspace();
    await editModel(at, 'hotline.json', (json) => json.replace('"queue": "general"', '"queue": "main"'));
    const problems = await problemsOf(openWorkspace(at));
    expect(problems.map((p) => p.rule)).toContain('unknown-name');
    expect(problems.map((p) => [p.rule, p.value])).toContainEqual(['queue-without-tier', 'main']);
  });

  test('prompts that cannot be are told: words, shares, channels, and rules that clash', async () => {
    const at = await makeWorkspace();
    await editModel(at, 'prompts.json', (json) =>
      json
        .replace('现在来电较多。您也可以', '现在来电较多,请按1选择优惠服务。您也可以')
        .replace('"onlineShare": 0.06', '"onlineShare": 0.6')
        .replace('"offPeakShare": 0,', '"offPeakShare": 0.5,')
        .replace('"offPeakShare": 0,', '"offPeakShare": 0.5,')
        .replace('"capacityPerInterval": 120', '"capacityPerInterval": 0')
        .replace('{hour}以后来电', '晚些时候来电')
        .replace('"minimumOnMinutes": 60', '"minimumOnMinutes": 300'),
    );
    const problems = await problemsOf(openWorkspace(at));
    expect(problems.map((p) => [p.rule, p.path])).toEqual([
      ['shares-above-one', 'prompts.1.response'],
      ['channel-without-capacity', 'prompts.2.channel'],
      ['clashing-rules', 'rules'],
      ['no-key-press', 'prompts.0.announcement.zh-CN'],
      ['nothing-advertised', 'prompts.0.announcement.zh-CN'],
      ['hour-missing', 'prompts.3.announcement.zh-CN'],
    ]);
    expect(messageOf(problems[2]).en).toContain('minimum on-time of 300 minutes conflicts with the maximum');
  });

  test('an unknown zone is found', async () => {
    const at = await makeWorkspace();
    await editModel(at, 'hotline.json', (json) => json.replace('Asia/Shanghai', 'Asia/Nowhere'));
    const problems = await problemsOf(openWorkspace(at));
    expect(problems.map((p) => [p.rule, p.value])).toEqual([['unknown-zone', 'Asia/Nowhere']]);
  });
});

describe('a damaged database', () => {
  test('that is another kind of file', async () => {
    const at = await makeWorkspace();
    await writeFile(join(at, 'huawu.db'), 'this is no database, whatever its name may say'.repeat(50));
    const problems = await problemsOf(openWorkspace(at));
    expect(problems.map((p) => [p.rule, p.file])).toEqual([['database-damaged', join(at, 'huawu.db')]]);
  });

  test('whose pages are broken, when they are read', async () => {
    const at = await makeWorkspace();
    const workspace = await openWorkspace(at);
    await workspace.store.write('traffic', trafficRows('general', 20_000));
    await workspace.close();
    const file = await open(join(at, 'huawu.db'), 'r+');
    const { size } = await file.stat();
    // Everything after the schema: pages of rows.
    const from = Math.floor(size * 0.3);
    await file.write(Buffer.alloc(Math.floor(size * 0.6), 0xa5), 0, undefined, from);
    await file.close();
    const reading = (async () => {
      const damaged = await openWorkspace(at);
      try {
        await damaged.store.traffic('general');
      } finally {
        await damaged.close();
      }
    })();
    expect((await problemsOf(reading)).map((p) => p.rule)).toEqual(['database-damaged']);
  });
});
