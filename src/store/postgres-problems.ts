import type { Problem } from '../kernel/errors.ts';
import { text, type Text } from '../kernel/text.ts';
import { busy, damaged, full, notReachable } from './place-problems.ts';

/** What an error of PostgreSQL or of the way to it means to a user; undefined: it is ours to mend. */
export const explainPostgresError = (error: Error, place: string): Problem | undefined => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (isUnreachable(code, error.message)) return unreachable(place, error.message || code);
  if (code.startsWith('28')) return refused(place, error.message);
  if (code === '3D000') return missing(place);
  if (code === '42501') return mayNot(place, error.message);
  if (code === '53100') return full(place);
  if (code === '25006') return notReachable(place);
  if (code === '55P03' || code === '40P01') return busy(place);
  if (code === 'XX001' || code === 'XX002') return damaged(place);
  return undefined;
};

/** Errors of the network (libuv), of a server that starts or stops (classes 08 and 57P), and of the driver. */
const isUnreachable = (code: string, message: string): boolean =>
  /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|08|57P|53300)/.test(code) ||
  (code === '' &&
    /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(message));

const problem = (rule: string, file: string, value: string, message: Text, remedy: Text): Problem => ({
  rule,
  severity: 'error',
  file,
  ...(value === '' ? {} : { value: value.slice(0, 100) }),
  message,
  remedy,
});

const unreachable = (place: string, said: string): Problem =>
  problem(
    'database-unreachable',
    place,
    said,
    text(
      '连接不上数据库；若有写入正在进行，则未得到确认',
      'the database cannot be reached; a write under way, if any, is not confirmed',
    ),
    text(
      '请检查地址、网络和数据库服务是否在运行，然后重试；重复导入同一文件不会重复计数。',
      'Check the address, the network and that the server runs, then try again; taking the same file in twice counts nothing twice.',
    ),
  );

const refused = (place: string, said: string): Problem =>
  problem(
    'database-login-refused',
    place,
    said,
    text('数据库拒绝了这个用户名或密码', 'the database refuses this user or password'),
    text('请检查设置 store 中的用户名和密码。', 'Check user and password in the setting store.'),
  );

const missing = (place: string): Problem =>
  problem(
    'database-missing',
    place,
    '',
    text('服务器上没有这个数据库', 'the server has no database of that name'),
    text(
      '请检查地址末尾的数据库名，或请管理员新建（create database）。',
      'Check the name at the end of the address, or have it made (create database).',
    ),
  );

const mayNot = (place: string, said: string): Problem =>
  problem(
    'database-not-permitted',
    place,
    said,
    text('数据库用户缺少所需的权限', 'the user of the database lacks a permission that is needed'),
    text(
      '请让该用户成为数据库的所有者，或授予在 public 模式中建表的权限。',
      'Make this user the owner of the database, or grant it to create tables in schema public.',
    ),
  );

/** A server older than what this version works with. */
export const tooOldPostgres = (place: string, found: string, wanted: number): Problem =>
  problem(
    'postgres-too-old',
    place,
    found,
    text(
      `PostgreSQL 版本过旧，需要 ${wanted} 或更新`,
      `this PostgreSQL is too old; version ${wanted} or later is needed`,
    ),
    text('请升级数据库服务器，或使用另一台。', 'Update the database server, or use another one.'),
  );
