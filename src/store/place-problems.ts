import type { Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';

/** What can befall the place where records live, whatever keeps them. */

export const damaged = (file: string): Problem => ({
  rule: 'database-damaged',
  severity: 'error',
  file,
  message: text(
    '工作区数据库已损坏，或不是本产品的数据库',
    'the workspace database is damaged or is not one of this product',
  ),
  remedy: text(
    '请用备份恢复（huawu restore）；没有备份时，请新建工作区（huawu init）后重新导入数据。',
    'Restore it from a backup (huawu restore); without one, make a new workspace (huawu init) and ingest the data again.',
  ),
});

export const full = (file: string | undefined): Problem => ({
  rule: 'disk-full',
  severity: 'error',
  ...(file === undefined ? {} : { file }),
  message: text('磁盘已满，未写入任何内容', 'the disk is full; nothing was written'),
  remedy: text('请腾出空间后重试。', 'Free some space and try again.'),
});

export const notReachable = (file: string): Problem => ({
  rule: 'database-not-writable',
  severity: 'error',
  file,
  message: text('无法打开或写入工作区数据库', 'the workspace database cannot be opened or written'),
  remedy: text(
    '请检查该文件夹是否存在、是否有写权限，以及磁盘是否正常。',
    'Check that the folder exists, that you may write to it, and that the disk is sound.',
  ),
});

export const busy = (file: string): Problem => ({
  rule: 'database-busy',
  severity: 'error',
  file,
  message: text(
    '另一个程序长时间占用着工作区数据库',
    'another program has been holding the workspace database for long',
  ),
  remedy: text(
    '请等它完成后重试；若没有其他 huawu 在运行，请关闭打开该文件的程序。',
    'Try again when it is done; if no other huawu runs, close whatever has the file open.',
  ),
});
