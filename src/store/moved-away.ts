import type { Kysely } from 'kysely';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';
import type { Database } from './database.ts';
import { factOf, keepFact, movedFact } from './facts.ts';
import type { Tables } from './tables.ts';

/** Where a hotline's records were moved to from here, without a password; undefined where they live here. */
export const movedTo = (db: Kysely<Tables>, hotline: string): Promise<string | undefined> =>
  factOf(db, hotline, movedFact);

/** Marks a hotline's records as left behind: whatever has them open writes here no more. */
export const markMoved = (db: Kysely<Tables>, hotline: string, place: string): Promise<void> =>
  keepFact(db, hotline, movedFact, place);

/**
 * The same database; a write to a hotline whose records were moved away is refused. It is looked for within the
 * write's own transaction: a hotline has one writer at a time, so that none slips past a move.
 */
export const refusingMoved = (database: Database): Database => ({
  ...database,
  write: (hotline, work) =>
    database.write(hotline, async (writing) => {
      await refuseMoved(writing.db, hotline, database.place);
      return work(writing);
    }),
});

/** Throws `BadInputError` where a hotline's records were moved away from `place`. */
export const refuseMoved = async (db: Kysely<Tables>, hotline: string, place: string): Promise<void> => {
  const target = await movedTo(db, hotline);
  if (target !== undefined) throw new BadInputError([recordsMoved(target, place)]);
};

export const movedRule = 'records-moved';

/** Records that are still looked at, or written, where they no longer live. */
export const recordsMoved = (target: string, place?: string): Problem => ({
  rule: movedRule,
  severity: 'error',
  ...(place === undefined ? {} : { file: place }),
  message: text(
    `这条热线的数据已用 huawu move 移到 ${target}；留在原处的旧数据只能查看，不能再写入`,
    `the records of this hotline were moved to ${target} with huawu move; the old ones can be looked at but take no more writes`,
  ),
  remedy: text(
    '请停下仍使用旧数据的 server 与 worker，在新的地点重新启动（--workspace、设置 store 或环境变量 HUAWU_STORE 指向它）；要改回旧处，请用 huawu move --replace 移回；或先让设置 store（或 HUAWU_STORE）重新指向旧处，再用 huawu restore --replace 恢复备份：备份写入设置所指的地方，并覆盖那里的数据。',
    'Stop the servers and workers that still use the old ones and start them at the new place (--workspace, the setting store or the variable HUAWU_STORE names it); to go back, use huawu move --replace; or let the setting store (or HUAWU_STORE) name the old place again first and then restore a backup with huawu restore --replace, which writes where the settings point and overwrites what is there.',
  ),
});
