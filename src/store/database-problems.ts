import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';

/** Primary result codes of SQLite (sqlite.org/rescode.html) that a user can do something about. */
const codes = { busy: 5, readOnly: 8, io: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

/**
 * What an error of the database means to a user: a damaged file, a full disk, a folder that cannot be
 * written, another process that holds on. Any other error comes back as it was: it is ours to mend.
 */
export const explainDatabaseError = (error: unknown, file: string): unknown => {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  if (code === codes.corrupt || code === codes.notADatabase) return new BadInputError([damaged(file)]);
  if (code === codes.full) return new BadInputError([full(file)]);
  if (code === codes.readOnly || code === codes.cannotOpen || code === codes.io)
    return new BadInputError([notReachable(file)]);
  if (code === codes.busy) return new BadInputError([busy(file)]);
  return error;
};

const damaged = (file: string): Problem => ({
  rule: 'database-damaged',
  severity: 'error',
  file,
  message: text(
    '工作区数据库已损坏,或不是本产品的数据库',
    'the workspace database is damaged or is not one of this product',
  ),
  remedy: text(
    '请用备份恢复该文件;没有备份时,请新建工作区(huawu init)后重新导入数据。',
    'Restore the file from a backup; without one, make a new workspace (huawu init) and ingest the data again.',
  ),
});

const full = (file: string): Problem => ({
  rule: 'disk-full',
  severity: 'error',
  file,
  message: text('磁盘已满,未写入任何内容', 'the disk is full; nothing was written'),
  remedy: text('请腾出空间后重试。', 'Free some space and try again.'),
});

const notReachable = (file: string): Problem => ({
  rule: 'database-not-writable',
  severity: 'error',
  file,
  message: text('无法打开或写入工作区数据库', 'the workspace database cannot be opened or written'),
  remedy: text(
    '请检查该文件夹是否存在、是否有写权限,以及磁盘是否正常。',
    'Check that the folder exists, that you may write to it, and that the disk is sound.',
  ),
});

const busy = (file: string): Problem => ({
  rule: 'database-busy',
  severity: 'error',
  file,
  message: text(
    '另一个程序长时间占用着工作区数据库',
    'another program has been holding the workspace database for long',
  ),
  remedy: text(
    '请等它完成后重试;若没有其他 huawu 在运行,请关闭打开该文件的程序。',
    'Try again when it is done; if no other huawu runs, close whatever has the file open.',
  ),
});

/** A database that a newer version of the product has written. */
export const writtenByNewerVersion = (file: string): Problem => ({
  rule: 'database-newer',
  severity: 'error',
  file,
  message: text(
    '该工作区由更新版本的 huawu 写成,本版本不认识其结构',
    'a newer version of huawu wrote this workspace; this version does not know its structure',
  ),
  remedy: text('请升级 huawu 后再打开。', 'Update huawu, then open it.'),
});
