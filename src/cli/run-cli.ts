import { Command, CommanderError, Option } from 'commander';
import { BadInputError } from '../kernel/errors.ts';
import { kernelProblem } from '../kernel/kernel-findings.ts';
import { defaultLanguage, type Language, languages, firstUnwritable } from '../kernel/text.ts';
import { type CommandRunner, createRunner, languageOf, type Terminal } from './cli-context.ts';
import { help, numberOption } from './option-values.ts';

/** No name, path or note that is typed has what no text may have: no command is asked about it. */
const refuseUnwritable = (args: readonly string[]): void => {
  const problems = args.flatMap((arg, i) => {
    const character = firstUnwritable(arg);
    const before = args[i - 1];
    const path = before?.startsWith('--') === true ? before : '';
    return character === undefined ? [] : [kernelProblem(path, 'character-not-allowed', arg, { character })];
  });
  if (problems.length > 0)
    throw new BadInputError(problems.map(({ path, ...rest }) => (path === '' ? rest : { path, ...rest })));
};

/** Runs one command line (without node and script) and answers its exit code. */
export const runCli = async (
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<number> => {
  try {
    refuseUnwritable(args);
    let code = 0;
    const ending = { ...terminal, endWith: (wanted: 3): number => (code = wanted) };
    const named = commandOf(args);
    const program = await createProgram(ending, version, languageOf(args), named, args.some(asksHelp));
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    // --help and --version leave by an exception too.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const { reportFailure } = await import('./report-failure.ts');
    return reportFailure(thrown, args, terminal);
  }
};

/** Every command of the product, in the order of its help. What one needs is loaded where it is the one that is asked for. */
const commands = {
  start: async () => (await import('./commands/serve-commands.ts')).addStartCommand,
  demo: async () => (await import('./commands/demo.ts')).addDemoCommand,
  init: async () => (await import('./commands/init.ts')).addInitCommand,
  ingest: async () => (await import('./commands/ingest.ts')).addIngestCommand,
  remove: async () => (await import('./commands/ingest.ts')).addRemoveCommand,
  feed: async () => (await import('./commands/feed.ts')).addFeedCommand,
  forecast: async () => (await import('./commands/forecast-commands.ts')).addForecastCommand,
  topics: async () => (await import('./commands/forecast-commands.ts')).addTopicsCommand,
  outlook: async () => (await import('./commands/forecast-commands.ts')).addOutlookCommand,
  backtest: async () => (await import('./commands/forecast-commands.ts')).addBacktestCommand,
  accuracy: async () => (await import('./commands/forecast-commands.ts')).addAccuracyCommand,
  erlang: async () => (await import('./commands/erlang.ts')).addErlangCommand,
  plan: async () => (await import('./commands/plan-commands.ts')).addPlanCommand,
  plans: async () => (await import('./commands/plan-commands.ts')).addPlansCommand,
  require: async () => (await import('./commands/require.ts')).addRequireCommand,
  simulate: async () => (await import('./commands/simulate.ts')).addSimulateCommand,
  day: async () => (await import('./commands/day.ts')).addDayCommand,
  divert: async () => (await import('./commands/divert.ts')).addDivertCommand,
  compare: async () => (await import('./commands/compare.ts')).addCompareCommand,
  roster: async () => (await import('./commands/roster.ts')).addRosterCommand,
  grade: async () => (await import('./commands/score-commands.ts')).addGradeCommand,
  rank: async () => (await import('./commands/rank.ts')).addRankCommand,
  lines: async () => (await import('./commands/lines.ts')).addLinesCommand,
  rate: async () => (await import('./commands/score-commands.ts')).addRateCommand,
  hours: async () => (await import('./commands/hours.ts')).addHoursCommand,
  bands: async () => (await import('./commands/bands.ts')).addBandsCommand,
  scorecard: async () => (await import('./commands/score-commands.ts')).addScorecardCommand,
  report: async () => (await import('./commands/plan-commands.ts')).addReportCommand,
  overrule: async () => (await import('./commands/overrule.ts')).addOverruleCommand,
  settings: async () => (await import('./commands/log-commands.ts')).addSettingsCommand,
  diary: async () => (await import('./commands/log-commands.ts')).addDiaryCommand,
  template: async () => (await import('./commands/file-commands.ts')).addTemplateCommand,
  schema: async () => (await import('./commands/file-commands.ts')).addSchemaCommand,
  serve: async () => (await import('./commands/serve-commands.ts')).addServeCommand,
  open: async () => (await import('./commands/serve-commands.ts')).addOpenCommand,
  admin: async () => (await import('./commands/admin.ts')).addAdminCommand,
  worker: async () => (await import('./commands/serve-commands.ts')).addWorkerCommand,
  audit: async () => (await import('./commands/log-commands.ts')).addAuditCommand,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctorCommand,
  backup: async () => (await import('./commands/upkeep-commands.ts')).addBackupCommand,
  mend: async () => (await import('./commands/upkeep-commands.ts')).addMendCommand,
  migrate: async () => (await import('./commands/upkeep-commands.ts')).addMigrateCommand,
  move: async () => (await import('./commands/upkeep-commands.ts')).addMoveCommand,
  restore: async () => (await import('./commands/upkeep-commands.ts')).addRestoreCommand,
} satisfies Readonly<Record<string, () => Promise<(program: Command, run: CommandRunner) => void>>>;

type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as readonly CommandName[];

const asksHelp = (arg: string): boolean => arg === '--help' || arg === '-h';

/**
 * The one command that a command line is for, behind what holds for all of them; undefined where all have to be known:
 * help was asked for all of them, or there is no such command.
 */
export const commandOf = (args: readonly string[]): CommandName | undefined => {
  const at = args.findIndex((arg, i) => !arg.startsWith('-') && !takesValue(args[i - 1]));
  return args.slice(0, at).some(asksHelp) ? undefined : commandNames.find((name) => name === args[at]);
};

const takesValue = (arg: string | undefined): boolean =>
  arg !== undefined && ['--workspace', '--lang', '--seed'].includes(arg);

/**
 * The command line as a program: with one command where it is `named`, else with all and their help in the words of the
 * language. Parsing errors are thrown, nothing exits the process.
 */
export const createProgram = async (
  terminal: Terminal,
  version: string,
  language: Language = defaultLanguage,
  named?: CommandName,
  helps = named === undefined,
): Promise<Command> => {
  const program = new Command('huawu')
    .description(help('call-forecasting-and-staffing'))
    .version(version, '-V, --version', help('output-the-version-number'))
    .addOption(
      new Option('--workspace <folder>', help('hotlines-folder'))
        .env('HUAWU_WORKSPACE')
        .default('huawu-workspace'),
    )
    .addOption(
      new Option('--lang <language>', help('language-of-answers'))
        .choices([...languages])
        .default(defaultLanguage),
    )
    .option('--json', help('print-one-json-document'), false)
    .addOption(
      new Option('--seed <n>', help('makes-every-result-repeatable'))
        .argParser(numberOption({ min: 0, max: 4_294_967_295, whole: true }))
        .default(1),
    )
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .exitOverride();
  const run = createRunner(terminal);
  for (const name of named === undefined ? commandNames : [named]) (await commands[name]())(program, run);
  if (helps) (await import('./translate-help.ts')).translateHelp(program, language);
  return program;
};
