import { resolve } from 'node:path';
import type { Settings } from '../contract/settings.ts';
import { brokenOff, type UnderWay } from './under-way.ts';

/** Work that was cut off in a folder (killed, power gone), and what has become of it. */
interface Settled {
  readonly work: UnderWay['work'];
  /** Finished now; else taken back, so that nothing of it is there. */
  readonly finished: boolean;
  /** What to give to the command that begins it again: the backup's file, or the place. */
  readonly given: string;
}

/**
 * Brings a folder in order in which a command was cut off between two of its steps: the work is finished where all that
 * counts was done, and taken back otherwise. Undefined where nothing was cut off. Throws `BadInputError` where the command
 * is still at work.
 */
export const settleBrokenOff = async (
  workspace: string,
  { store }: Pick<Settings, 'store'>,
): Promise<Settled | undefined> => {
  const folder = resolve(workspace);
  const note = await brokenOff(folder);
  if (note === undefined) return undefined;
  if (note.work === 'restore') {
    const { settleRestore } = await import('./restore-workspace.ts');
    return { work: note.work, given: note.file, finished: await settleRestore(folder, note, store) };
  }
  if (note.work === 'move') {
    const { settleMove } = await import('./move-workspace.ts');
    const { withoutPassword } = await import('./open-postgres.ts');
    const given = note.to.store === 'sqlite' ? note.to.folder : withoutPassword(note.to.store);
    return { work: note.work, given, finished: await settleMove(folder, note) };
  }
  const { takeBackInit } = await import('./create-workspace.ts');
  await takeBackInit(folder, note);
  return { work: note.work, given: '', finished: false };
};
