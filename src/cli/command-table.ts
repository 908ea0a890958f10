import type { Command } from 'commander';
import type { CommandRunner } from './command-runner.ts';

/** Every command of the product, in the order of its help. What one needs is loaded where it is the one that is asked for. */
export const commands = {
  start: async () => (await import('./commands/start.ts')).addStartCommand,
  demo: async () => (await import('./commands/demo.ts')).addDemoCommand,
  init: async () => (await import('./commands/init.ts')).addInitCommand,
  ingest: async () => (await import('./commands/ingest.ts')).addIngestCommand,
  forecast: async () => (await import('./commands/forecast.ts')).addForecastCommand,
  topics: async () => (await import('./commands/topics.ts')).addTopicsCommand,
  outlook: async () => (await import('./commands/outlook.ts')).addOutlookCommand,
  backtest: async () => (await import('./commands/backtest.ts')).addBacktestCommand,
  accuracy: async () => (await import('./commands/accuracy.ts')).addAccuracyCommand,
  erlang: async () => (await import('./commands/erlang.ts')).addErlangCommand,
  plan: async () => (await import('./commands/plan.ts')).addPlanCommand,
  plans: async () => (await import('./commands/plans.ts')).addPlansCommand,
  require: async () => (await import('./commands/require.ts')).addRequireCommand,
  simulate: async () => (await import('./commands/simulate.ts')).addSimulateCommand,
  divert: async () => (await import('./commands/divert.ts')).addDivertCommand,
  compare: async () => (await import('./commands/compare.ts')).addCompareCommand,
  roster: async () => (await import('./commands/roster.ts')).addRosterCommand,
  grade: async () => (await import('./commands/grade.ts')).addGradeCommand,
  rank: async () => (await import('./commands/rank.ts')).addRankCommand,
  lines: async () => (await import('./commands/lines.ts')).addLinesCommand,
  rate: async () => (await import('./commands/rate.ts')).addRateCommand,
  hours: async () => (await import('./commands/hours.ts')).addHoursCommand,
  bands: async () => (await import('./commands/bands.ts')).addBandsCommand,
  scorecard: async () => (await import('./commands/scorecard.ts')).addScorecardCommand,
  report: async () => (await import('./commands/report.ts')).addReportCommand,
  overrule: async () => (await import('./commands/overrule.ts')).addOverruleCommand,
  settings: async () => (await import('./commands/settings.ts')).addSettingsCommand,
  diary: async () => (await import('./commands/diary.ts')).addDiaryCommand,
  template: async () => (await import('./commands/template.ts')).addTemplateCommand,
  schema: async () => (await import('./commands/schema.ts')).addSchemaCommand,
  serve: async () => (await import('./commands/serve.ts')).addServeCommand,
  open: async () => (await import('./commands/open.ts')).addOpenCommand,
  admin: async () => (await import('./commands/admin.ts')).addAdminCommand,
  worker: async () => (await import('./commands/worker.ts')).addWorkerCommand,
  audit: async () => (await import('./commands/audit.ts')).addAuditCommand,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctorCommand,
  backup: async () => (await import('./commands/backup.ts')).addBackupCommand,
  mend: async () => (await import('./commands/mend.ts')).addMendCommand,
  migrate: async () => (await import('./commands/migrate.ts')).addMigrateCommand,
  move: async () => (await import('./commands/move.ts')).addMoveCommand,
  restore: async () => (await import('./commands/restore.ts')).addRestoreCommand,
} satisfies Readonly<Record<string, () => Promise<(program: Command, run: CommandRunner) => void>>>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as readonly CommandName[];

/**
 * The one command that a command line is for, behind what holds for all of them; undefined where all have to be known:
 * help was asked for, or there is no such command.
 */
export const commandOf = (args: readonly string[]): CommandName | undefined => {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return undefined;
  const asked = args.find((arg, i) => !arg.startsWith('-') && !takesValue(args[i - 1]));
  return commandNames.find((name) => name === asked);
};

const takesValue = (arg: string | undefined): boolean =>
  arg !== undefined && ['--workspace', '--lang', '--seed'].includes(arg);
