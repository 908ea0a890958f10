import type { Settings } from '../contract/settings.ts';
import type { SettingsRead } from '../engine/read-settings.ts';
import type { CliContext } from './cli-context.ts';

/** The settings of the workspace that a command works on, with what its options say on top. */
export const settingsOf = async (
  context: CliContext,
  options: Partial<Settings> = {},
): Promise<SettingsRead> => {
  const { readSettings } = await import('../engine/read-settings.ts');
  return readSettings(context.workspace, process.env, options);
};
