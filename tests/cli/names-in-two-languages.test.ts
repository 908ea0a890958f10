import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { rankDocumentSchema } from '../../src/contract/documents/rank-document.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
const huawu = (...words: string[]): ReturnType<typeof runCommand> =>
  runCommand([...words, '--workspace', workspace]);

beforeAll(async () => {
  await huawu('init', '--timezone', 'Asia/Shanghai');
  const [list, results] = [join(folder, 'list.csv'), join(folder, 'results.csv')];
  await writeFile(
    list,
    'hotline,name,province,region,city_tier\na,一号线 · Line one,东省 · East,一区 · Region 1,甲类 · Class A\nb,二号线,西省 · West,一区 · Region 1,乙类 · Class B\n',
  );
  await writeFile(results, 'hotline,period,test_calls,connected\na,2019,11,11\nb,2019,11,9\n');
  expect((await huawu('ingest', 'monitoring', list, results)).code).toBe(0);
});

describe('names that carry both languages', () => {
  const english = ['--lang', 'en'];

  test('are told in the one asked for: table, groups, those at risk, one line', async () => {
    for (const words of [['rank'], ['rank', '--at-risk'], ['rank', '--hotline', 'a']]) {
      const [chinese, told] = [(await huawu(...words)).out, (await huawu(...words, ...english)).out];
      expect(chinese).toContain('一号线');
      expect(chinese).not.toMatch(/Line one|Region 1/);
      expect(told).toContain('Line one');
      expect(told).not.toMatch(/一号线|东省|一区|甲类/);
    }
    expect((await huawu('rank', '--hotline', 'a', ...english)).out).toContain(
      'Line one · East · Region 1 · Class A',
    );
    const groups = (await huawu('rank', '--by', 'province', ...english)).out;
    expect(groups).toMatch(/^East +1/m);
    expect(groups).not.toContain('东省');
  });

  test('are asked for as they are read or as they stand in the data, and stand there as they were', async () => {
    for (const name of ['East', '东省', '东省 · East']) {
      const { code, out } = await huawu('rank', '--province', name, '--json');
      const { hotlines } = rankDocumentSchema.parse(JSON.parse(out));
      expect([code, hotlines.map((row) => row.name)]).toEqual([0, ['一号线 · Line one']]);
      expect(hotlines[0]?.province).toBe('东省 · East');
    }
    expect((await huawu('rank', '--province', 'Eas')).code).toBe(2);
  });

  test('are written to a table in the language of its headings', async () => {
    const file = join(folder, 'league.csv');
    await huawu('rank', '--out', file, ...english);
    expect(await readFile(file, 'utf8')).toContain('Line one,East,Region 1,Class A');
    await huawu('rank', '--out', file);
    expect(await readFile(file, 'utf8')).toContain('一号线,东省,一区,甲类');
  });
});
