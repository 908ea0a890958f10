import { Command, Option } from 'commander';
import { defaultLanguage, languages, type Language } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';
import { createRunner } from './command-runner.ts';
import { addBandsCommand } from './commands/bands.ts';
import { addCompareCommand } from './commands/compare.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDivertCommand } from './commands/divert.ts';
import { addErlangCommand } from './commands/erlang.ts';
import { addGradeCommand } from './commands/grade.ts';
import { addRosterCommand } from './commands/roster.ts';
import { addHoursCommand } from './commands/hours.ts';
import { addIngestCommand } from './commands/ingest.ts';
import { addInitCommand } from './commands/init.ts';
import { addOpenCommand } from './commands/open.ts';
import { addOverruleCommand } from './commands/overrule.ts';
import { addPlanCommand } from './commands/plan.ts';
import { addRankCommand } from './commands/rank.ts';
import { addRateCommand } from './commands/rate.ts';
import { addReportCommand } from './commands/report.ts';
import { addScorecardCommand } from './commands/scorecard.ts';
import { addRequireCommand } from './commands/require.ts';
import { addSchemaCommand } from './commands/schema.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addBacktestCommand } from './commands/backtest.ts';
import { addForecastCommand } from './commands/forecast.ts';
import { addServeCommand } from './commands/serve.ts';
import { addStartCommand } from './commands/start.ts';
import { addWorkerCommand } from './commands/worker.ts';
import { addBackupCommand } from './commands/backup.ts';
import { addMendCommand } from './commands/mend.ts';
import { addMigrateCommand } from './commands/migrate.ts';
import { addMoveCommand } from './commands/move.ts';
import { addRestoreCommand } from './commands/restore.ts';
import { help, tellHelp } from './help-words.ts';
import { numberOption } from './option-values.ts';

/** Every command of the product. Parsing errors are thrown, nothing exits the process. */
export const createProgram = (
  terminal: Terminal,
  version: string,
  language: Language = defaultLanguage,
): Command => {
  const program = new Command('huawu')
    .description(help('call forecasting and staffing for public hotlines'))
    .version(version)
    .addOption(
      new Option('--workspace <folder>', help('the hotline’s folder'))
        .env('HUAWU_WORKSPACE')
        .default('huawu-workspace'),
    )
    .addOption(
      new Option('--lang <language>', help('language of answers'))
        .choices([...languages])
        .default(defaultLanguage),
    )
    .option('--json', help('print one JSON document and nothing else'), false)
    .addOption(
      new Option('--seed <n>', help('makes every result repeatable'))
        .argParser(numberOption({ min: 0, max: 4_294_967_295, whole: true }))
        .default(1),
    )
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .exitOverride();
  const run = createRunner(terminal);
  addStartCommand(program, run);
  addDemoCommand(program, run);
  addInitCommand(program, run);
  addIngestCommand(program, run);
  addForecastCommand(program, run);
  addBacktestCommand(program, run);
  addErlangCommand(program, run);
  addPlanCommand(program, run);
  addRequireCommand(program, run);
  addSimulateCommand(program, run);
  addDivertCommand(program, run);
  addCompareCommand(program, run);
  addRosterCommand(program, run);
  addGradeCommand(program, run);
  addRankCommand(program, run);
  addRateCommand(program, run);
  addHoursCommand(program, run);
  addBandsCommand(program, run);
  addScorecardCommand(program, run);
  addReportCommand(program, run);
  addOverruleCommand(program, run);
  addSchemaCommand(program, run);
  addServeCommand(program, run);
  addOpenCommand(program, run);
  addWorkerCommand(program, run);
  addDoctorCommand(program, run);
  addBackupCommand(program, run);
  addMendCommand(program, run);
  addMigrateCommand(program, run);
  addMoveCommand(program, run);
  addRestoreCommand(program, run);
  tellHelp(program, language);
  return program;
};
