import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';
import { explainPostgresError } from './postgres-problems.ts';
import { busy, damaged, full, notReachable } from './place-problems.ts';

/** Primary result codes of SQLite (sqlite.org/rescode.html) that a user can do something about. */
const sqliteCodes: Readonly<Record<number, (place: string) => Problem>> = {
  5: (place) => busy(place),
  8: (place) => notReachable(place),
  10: (place) => notReachable(place),
  11: (place) => damaged(place),
  13: (place) => full(place),
  14: (place) => notReachable(place),
  26: (place) => damaged(place),
};

/**
 * What an error of the database means to a user: a damaged file, a full disk, a place that cannot be reached or
 * written, another process that holds on. Any other error comes back as it was: it is ours to mend.
 */
export const explainDatabaseError = (error: unknown, place: string): unknown => {
  if (!(error instanceof Error)) return error;
  const problem =
    'errcode' in error
      ? sqliteCodes[Number(error.errcode) & 0xff]?.(place)
      : place.startsWith('postgres')
        ? explainPostgresError(error, place)
        : undefined;
  return problem === undefined ? error : new BadInputError([problem]);
};

/** A database that a newer version of the product has written. */
export const writtenByNewerVersion = (file: string): Problem => ({
  rule: 'database-newer',
  severity: 'error',
  file,
  message: text(
    '该工作区由更新版本的 huawu 写成，本版本不认识其结构',
    'a newer version of huawu wrote this workspace; this version does not know its structure',
  ),
  remedy: text('请升级 huawu 后再打开。', 'Update huawu, then open it.'),
});

/** A file of an older structure that another program has open: that program would break under its hands. */
export const heldByOther = (file: string): Problem => ({
  rule: 'database-held',
  severity: 'error',
  file,
  message: text(
    '该工作区仍是旧版结构，而另一个程序正打开着它（多半是旧版 huawu），现在升级结构会使其出错',
    'this workspace still has the structure of an older version, and another program has it open (likely an older huawu): updating it now would break that one',
  ),
  remedy: text('请先关闭那个程序，再打开工作区。', 'Close that program, then open the workspace.'),
});

/** A shared database that processes of another version work on. */
export const databaseHeldByOther = (place: string, others: number): Problem => ({
  rule: 'database-held',
  severity: 'error',
  file: place,
  value: String(others),
  message: text(
    '另有不同版本的 huawu 正连着该数据库，现在升级结构会使其出错',
    'huawu of another version is connected to this database: updating its structure now would break it',
  ),
  remedy: text(
    '请先停下它们（server 与 worker），再运行 huawu migrate。',
    'Stop them (servers and workers), then run huawu migrate.',
  ),
});

/** A shared database of an older structure. */
export const databaseOlder = (place: string): Problem => ({
  rule: 'database-older',
  severity: 'error',
  file: place,
  message: text(
    '该数据库仍是旧版 huawu 的结构',
    'this database still has the structure of an older version of huawu',
  ),
  remedy: text(
    '请先停下所有旧版 huawu 并备份，再运行 huawu migrate。',
    'Stop every older huawu and make a backup, then run huawu migrate.',
  ),
});

export const hotlineNotHere = (place: string, hotline: string, held: readonly string[]): Problem => ({
  rule: 'hotline-not-here',
  severity: 'error',
  file: place,
  value: hotline,
  message: text('这个数据库里没有该热线', 'this database does not hold that hotline'),
  remedy:
    held.length === 0
      ? text(
          '请检查数据库地址；要在其中新建热线，请用 huawu init 或 huawu move。',
          'Check the address of the database; to make the hotline in it, use huawu init or huawu move.',
        )
      : text(
          `请检查设置 hotline；库中已有：${held.slice(0, 5).join('、')}${held.length > 5 ? '等' : ''}。`,
          `Check the setting hotline; it holds: ${held.slice(0, 5).join(', ')}${held.length > 5 ? ' and others' : ''}.`,
        ),
});
