import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import type { Command } from 'commander';
import type { SettingSource } from '../../engine/read-settings.ts';
import { speak } from '../../words/speak.ts';
import { describeProblem } from '../../words/problems.ts';
import type { Language } from '../../kernel/text.ts';
import type { Check } from '../check-installation.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';

export const addDoctorCommand = (program: Command, run: CommandRunner): void => {
  program.command('doctor').summary(help('settings-in-force-and-where')).action(run(examine));
};

interface ShownSetting {
  readonly setting: string;
  readonly value: string | number;
  readonly source: SettingSource;
}

/** Prints settings and findings; exit code 3 where something is wrong that would stop the product. */
const examine = async (context: CliContext): Promise<void> => {
  const { checkInstallation } = await import('../check-installation.ts');
  const { withoutPassword } = await import('../../store/open-postgres.ts');
  const { settingNames } = await import('../../engine/read-settings.ts');
  const { settings, sources } = await settingsOf(context, {}, true);
  const shown = settingNames.map((setting): ShownSetting => {
    const value = settings[setting];
    const isAddress = (setting === 'store' && value !== 'sqlite') || (setting === 'smtpUrl' && value !== '');
    const isSecret = setting === 'oidcClientSecret' && value !== '';
    const shownValue = isAddress ? withoutPassword(String(value)) : isSecret ? '…' : value;
    return { setting, value: shownValue, source: sources[setting] };
  });
  const checks = await checkInstallation(context.workspace, settings, context.terminal.nowMillis());
  const failing = checks.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  context.answer({ document: 'doctor', ok: !failing, settings: shown, checks }, () =>
    doctorText(shown, checks, context.lang),
  );
  if (failing) context.terminal.endWith?.(3);
};

const doctorText = (settings: readonly ShownSetting[], checks: readonly Check[], lang: Language): string => {
  const { say } = speak(lang, 'terminal');
  const words = spoken(messages('terminal-doctor'), lang);
  const lines = settings.map(
    ({ setting, value, source }) => `  ${setting.padEnd(24)}${value}  (${words[source]})`,
  );
  const findings = checks.flatMap(({ check, found, problems }) => {
    const worst = problems.some(({ severity }) => severity === 'error')
      ? '✗'
      : problems.length > 0
        ? '!'
        : '✓';
    return [
      `${worst} ${words[check]}: ${say(found)}`,
      ...problems.map((each) => `    ${describeProblem(each, lang, 'terminal')}`),
    ];
  });
  return [words.settings, ...lines, words.checks, ...findings].join('\n');
};
