import { messageOf } from '../support/said.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hotlineDocumentSchema, rankDocumentSchema } from '../../src/contract/documents/rank-document.ts';
import { ingestDocumentSchema } from '../../src/contract/documents/ingest-document.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
const huawu = (...words: string[]): ReturnType<typeof runCommand> =>
  runCommand([...words, '--workspace', workspace, '--lang', 'en']);

beforeAll(async () => {
  await huawu('init', '--timezone', 'Asia/Shanghai');
  const list = join(folder, 'list.csv');
  const results = join(folder, 'results.csv');
  await writeFile(
    list,
    [
      'hotline,name,province,region,city_tier,round_the_clock,smart_voice,enterprise_line',
      'a,甲线,浙江,East,first,是,0,1',
      'b,Ünïçødé خط,浙江,East,second,是,1,0',
      'c,"Quoted, ""line""",陕西,West,second,否,1,',
    ].join('\n'),
  );
  await writeFile(
    results,
    [
      'hotline,period,test_calls,connected,connection_rate,mean_seconds',
      'a,2018,11,3,,20',
      'a,2019,11,11,,9',
      'b,2018,11,9,,14',
      'b,2019,,,88%,16',
      'c,2018,11,9,,12',
      'c,2019,0,0,,',
      'a,2026-Q3,20,19,,8',
    ].join('\n'),
  );
  expect((await huawu('ingest', 'monitoring', list, results)).code).toBe(0);
});

describe('the league table at the command line', () => {
  test('a published year: the standard, the moves, a line nobody tested, a rate without counts', async () => {
    const { out } = await huawu('rank', '--period', '2019');
    expect(out).toContain('1 hotline (50.00%) meets the 15-second standard; its mean is 9.00 s');
    expect(out).toMatch(/甲线 +11\/11 +100\.0% .*from cold, beyond chance/);
    expect(out).toMatch(/Ünïçødé خط +10\/11 +88\.0%/);
    expect(out).toContain('1 hotline without test calls or a connection rate is left out');
    expect(out).toContain('11 are assumed');
  });

  test('a single hotline is told to have no one to be ranked against', async () => {
    const { out } = await huawu('rank', '--period', '2026-Q3');
    expect(out).toContain('A single hotline cannot be ranked');
    expect(out).not.toContain('Fisher');
  });

  test('groups, filters and a file; places stay those among all', async () => {
    const groups = (await huawu('rank', '--period', '2018', '--by', 'province')).out;
    expect(groups).toMatch(/陕西 +1 +81\.8%[\s\S]*浙江 +2 +54\.5%/);
    const file = join(folder, 'league.csv');
    const east = await huawu(
      'rank',
      '--period',
      '2018',
      '--region',
      'East',
      '--band',
      'warm',
      '--out',
      file,
      '--json',
    );
    const { hotlines, bands } = rankDocumentSchema.parse(JSON.parse(east.out));
    expect(hotlines.map(({ hotline, rank }) => [hotline, rank])).toEqual([['b', 1]]);
    expect(bands.map(({ hotlines: n }) => n)).toEqual([0, 2, 1, 0]);
    expect((await readFile(file, 'utf8')).split('\r\n')).toHaveLength(3);
    expect((await huawu('rank', '--region', 'North')).code).toBe(2);
    expect((await huawu('rank', '--by', 'planet')).code).toBe(2);
  });

  test('hotlines with or without what the list tells; not known is neither', async () => {
    const those = async (...words: string[]): Promise<string[]> => {
      const { out } = await huawu('rank', '--period', '2018', '--json', ...words);
      return rankDocumentSchema.parse(JSON.parse(out)).hotlines.map(({ hotline }) => hotline);
    };
    expect(await those('--round-the-clock', 'yes')).toEqual(['b', 'a']);
    expect(await those('--round-the-clock', 'no')).toEqual(['c']);
    expect(await those('--smart-voice', 'yes', '--round-the-clock', 'yes')).toEqual(['b']);
    expect(await those('--enterprise-line', 'yes')).toEqual(['a']);
    expect(await those('--enterprise-line', 'no')).toEqual(['b']);
    expect((await huawu('rank', '--smart-voice', 'maybe')).code).toBe(2);
    const file = join(folder, 'traits.csv');
    await huawu('rank', '--period', '2018', '--out', file, '--json');
    const [head, ...rows] = (await readFile(file, 'utf8')).split('\r\n');
    expect(head).toContain('round the clock,smart voice,enterprise line');
    expect(head).toContain('meets 15 s');
    expect(rows.find((row) => row.includes('Quoted'))).toContain('second,0,1,,11');
  });

  test('one hotline through periods of any length', async () => {
    const { out } = await huawu('rank', '--hotline', 'a', '--json');
    const { periods } = hotlineDocumentSchema.parse(JSON.parse(out));
    expect(periods.map(({ period, among }) => [period, among])).toEqual([
      ['2018', 3],
      ['2019', 2],
      ['2026-Q3', 1],
    ]);
    expect((await huawu('rank', '--hotline', 'a')).out).toMatch(
      /2019 +11\/11 +100\.0% +72%–100% +hot +from cold, beyond/,
    );
    expect((await huawu('rank', '--hotline', 'zz')).code).toBe(3);
    expect((await huawu('rank', '--hotline', 'a', '--at-risk')).code).toBe(2);
  });

  test('a hotline that moved stands where it was then', async () => {
    const moves = join(folder, 'moves.csv');
    await writeFile(
      moves,
      'hotline,valid_from,name,province,region,city_tier,round_the_clock\nc,2019-07-01,第三线,浙江,East,first,是\n',
    );
    expect((await huawu('ingest', 'monitoring', moves)).code).toBe(0);
    const groups = async (period: string): Promise<string> =>
      (await huawu('rank', '--period', period, '--by', 'province')).out;
    expect(await groups('2018')).toMatch(/陕西 +1 +81\.8%[\s\S]*浙江 +2 +54\.5%/);
    const later = join(folder, 'later.csv');
    await writeFile(later, 'hotline,period,test_calls,connected\nc,2021,11,8\na,2021,11,9\n');
    expect((await huawu('ingest', 'monitoring', later)).code).toBe(0);
    const now = await groups('2021');
    expect([now.includes('陕西'), now.includes('浙江')]).toEqual([false, true]);
    const { out } = await huawu('rank', '--hotline', 'c');
    expect(out).toMatch(/浙江 · East · first\n/);
    expect(out).toMatch(/2018 .*陕西 · West · second/);
    expect(out).toMatch(/2021 .*浙江 · East · first/);
    expect((await huawu('rank', '--hotline', 'a')).out).not.toContain('rank then');
    const [same, other] = [join(folder, 'same.csv'), join(folder, 'other.csv')];
    await writeFile(same, (await readFile(moves, 'utf8')).concat('b,,Ünïçødé خط,浙江,East,second,是\n'));
    await writeFile(other, (await readFile(moves, 'utf8')).replace('first', 'second'));
    const notices = async (file: string): Promise<string[]> => {
      const { out } = await huawu('ingest', 'monitoring', file, '--dry-run', '--json');
      const { problems } = ingestDocumentSchema.parse(JSON.parse(out));
      return problems.map((problem) => `${problem.rule}: ${messageOf(problem).en}`);
    };
    const said = (hotline: string): string =>
      `hotline-replaced: the list differs from the one before on ${hotline}: league tables of past periods follow the new list too`;
    expect(await notices(moves)).toEqual([]);
    expect(await notices(other)).toEqual([said('c')]);
    // Columns that are left out are taken away.
    expect(await notices(same)).toEqual([said('b')]);
  });

  test('a period in which nobody was tested is bad input', async () => {
    const file = join(folder, 'nobody.csv');
    await writeFile(file, 'hotline,period,test_calls,connected\na,2020,0,0\nb,2020,0,0\n');
    expect((await huawu('ingest', 'monitoring', file)).code).toBe(0);
    const { code, err } = await huawu('rank', '--period', '2020');
    expect([code, err.includes('no test calls in this period')]).toEqual([3, true]);
    const moved = await huawu('rank');
    expect(moved.code).toBe(0);
  });
});
