import type { Settings } from '../contract/settings.ts';
import type { SettingsRead } from '../engine/read-settings.ts';
import type { CliContext } from './cli-context.ts';
import { cliFinding } from './cli-findings.ts';

/**
 * The settings of the workspace that a command works on, with what its options say on top. What an earlier command that was
 * cut off left there is brought in order first, and told; `looks` where the command changes nothing.
 */
export const settingsOf = async (
  context: CliContext,
  options: Partial<Settings> = {},
  looks = false,
): Promise<SettingsRead> => {
  const { readSettings } = await import('../engine/read-settings.ts');
  const read = await readSettings(context.workspace, process.env, options);
  if (looks) return read;
  const { settleBrokenOff } = await import('../store/under-way.ts');
  const settled = await settleBrokenOff(context.workspace, read.settings);
  if (settled === undefined) return read;
  context.notice(cliFinding(settled.finished ? 'finished-broken-off' : 'took-back-broken-off', settled));
  // A move that is finished has changed them.
  return readSettings(context.workspace, process.env, options);
};
