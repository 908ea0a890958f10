import type { Command } from 'commander';
import type { SettingSource } from '../../engine/read-settings.ts';
import { describeProblem } from '../../words/problems.ts';
import { text, type Language, type Text } from '../../kernel/text.ts';
import type { Check } from '../check-installation.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { settingsOf } from '../settings-of.ts';

export const addDoctorCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('doctor')
    .summary('the settings in force and where they come from; whether all that they rest on is in order')
    .action(run(examine));
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
  const { settings, sources } = await settingsOf(context);
  const shown = settingNames.map((setting): ShownSetting => {
    const value = settings[setting];
    const secret = setting === 'store' && value !== 'sqlite';
    return { setting, value: secret ? withoutPassword(String(value)) : value, source: sources[setting] };
  });
  const checks = await checkInstallation(context.workspace, settings, context.terminal.nowMillis());
  const failing = checks.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  context.answer({ document: 'doctor', ok: !failing, settings: shown, checks }, () =>
    words(shown, checks, context.lang),
  );
  if (failing) context.terminal.endWith?.(3);
};

const sourceNames: Readonly<Record<SettingSource, Text>> = {
  default: text('默认', 'default'),
  file: text('settings.json', 'settings.json'),
  environment: text('环境变量', 'environment'),
  option: text('命令选项', 'option'),
};

const checkNames: Readonly<Record<Check['check'], Text>> = {
  node: text('Node 版本', 'Node'),
  folder: text('工作区文件夹', 'workspace folder'),
  disk: text('磁盘空间', 'disk'),
  models: text('模型文件', 'model files'),
  store: text('数据存储', 'store'),
  address: text('监听地址', 'address'),
  port: text('端口', 'port'),
  calendar: text('节假日历', 'calendar'),
};

const words = (settings: readonly ShownSetting[], checks: readonly Check[], lang: Language): string => {
  const chinese = lang === 'zh-CN';
  const lines = settings.map(
    ({ setting, value, source }) => `  ${setting.padEnd(24)}${value}  (${sourceNames[source][lang]})`,
  );
  const findings = checks.flatMap(({ check, found, problems }) => {
    const worst = problems.some(({ severity }) => severity === 'error')
      ? '✗'
      : problems.length > 0
        ? '!'
        : '✓';
    return [
      `${worst} ${checkNames[check][lang]}: ${found[lang]}`,
      ...problems.map((each) => `    ${describeProblem(each, lang, 'terminal')}`),
    ];
  });
  return [chinese ? '设置' : 'Settings', ...lines, chinese ? '检查' : 'Checks', ...findings].join('\n');
};
