import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { type DurationUnit, durationUnits } from '../../contract/duration-units.ts';
import { fileKinds } from '../../kernel/records.ts';
import { ingestRequestSchema } from '../../contract/http/file-documents.ts';
import { allFields } from '../../ingest/columns/headings.ts';
import type { MapFile } from '../../ingest/columns/map-file.ts';
import { BadInputError, UsageError } from '../../kernel/errors.ts';
import { inLanguage } from '../../kernel/text.ts';
import type { IngestAnswer } from '../../planning/ingest-files.ts';
import { sayProblem } from '../../words/problems.ts';
import { requestOptions } from '../../words/help.ts';
import type { CliContext, CommandAnswer, CommandRunner } from '../cli-context.ts';
import { type ColumnsNamed, dateOption, help } from '../option-values.ts';
import { cliFinding, cliProblem } from '../cli-findings.ts';
import { fileSources, namingFile, tryOutput, writeOutput } from '../input-file.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { withWorkspace } from '../with-workspace.ts';

interface IngestOptions {
  readonly preset?: string;
  readonly map?: string;
  readonly unit?: Record<string, DurationUnit>;
  readonly column?: ColumnsNamed;
  /** False: the file has no row of headings. */
  readonly headings: boolean;
  readonly problemsOut?: string;
}

export const addIngestCommand = (program: Command, run: CommandRunner): void => {
  const command = program
    .command('ingest')
    .summary(help('take-files-into-the-workspace'))
    .addArgument(new Argument('<kind>', help('what-the-files-hold')).choices([...fileKinds]))
    .argument('<files...>', help('csv-also-gzip-or-xlsx'))
    .addOption(new Option('--preset <name>', help('known-export')).conflicts('map'))
    .option('--map <file>', help('json-that-names-the-columns'))
    .addOption(
      new Option('--column <field=heading...>', help('which-column-is-which-field')).argParser(columnOption),
    )
    .option('--no-headings', help('file-has-no-row'));
  addRequestOptions(command, ingestRequestSchema, requestOptions.ingest)
    .addOption(new Option('--unit <field=unit...>', help('unit-of-a-duration')).argParser(unitOption))
    .option('--problems-out <file>', help('problems-file'))
    .action(run(answerIngest));
};

export const addRemoveCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('remove')
    .summary(help('take-calls-out-again'))
    .argument('<queue>', help('queue-whose-calls'))
    .addOption(new Option('--from <date>', help('calls-from-this-day-on')).argParser(dateOption))
    .addOption(new Option('--to <date>', help('calls-up-to-this-day')).argParser(dateOption))
    .option('--yes', help('without-asking'))
    .action(run(answerRemove));
};

const answerRemove: CommandAnswer<{
  readonly from?: string;
  readonly to?: string;
  readonly yes?: boolean;
}> = async (context, { yes, ...span }, [wanted = '']) => {
  const { removeTraffic } = await import('../../planning/ingest-files.ts');
  const removed = await withWorkspace(context, (ports) =>
    removeTraffic(ports, { ...span, queue: wanted, dryRun: yes !== true }),
  );
  if (yes !== true) throw new UsageError(cliFinding('traffic-removal-wants-yes', removed));
  const said = cliFinding('traffic-removed', removed);
  context.answer({ document: 'remove', ...removed }, () => context.say(said));
};

const answerIngest: CommandAnswer<IngestOptions> = async (context, options, [kind, ...files]) => {
  const { ingestFiles } = await import('../../planning/ingest-files.ts');
  const { presetNames } = await import('../../ingest/columns/presets.ts');
  const { withColumns } = await import('../with-columns.ts');
  const known = options.preset !== undefined && ['none', ...presetNames].includes(options.preset);
  const request = requestOf(ingestRequestSchema, context, { ...options, kind });
  const map = withColumns(request.kind, await readMap(context, known ? {} : options), options);
  const left = request.skipBadRows
    ? await problemsFile(options.problemsOut, files, request.dryRun)
    : undefined;
  const answer = await withWorkspace(context, async (ports) =>
    ingestFiles(ports, await fileSources(files), {
      ...request,
      map,
      preset: known ? options.preset : undefined,
      units: options.unit,
      callerKey: randomBytes(32).toString('hex'),
    }),
  );
  const { ingestText } = await import('../../render/documents/ingest-text.ts');
  // First, since the rows are stored whatever becomes of the list.
  context.answer(answer.document, () => ingestText(answer.document, context.lang));
  await keepRejectedRows(context, answer, left);
};

/** What a list of rows left out starts with. */
const listHeading = ['file', 'row', 'column', 'rule', 'message', 'text'].join(',');

/**
 * Where the rows left out are listed: the file that was named, unless it is there and is no earlier list; else the first
 * free name. Throws before anything is stored where it cannot be written.
 */
const problemsFile = async (
  named: string | undefined,
  inputs: readonly string[],
  dryRun: boolean,
): Promise<string | undefined> => {
  if (named === undefined && dryRun) return undefined;
  const file = named ?? freeName();
  if (named !== undefined && !(await mayBeReplaced(named, inputs)))
    throw new BadInputError([{ ...cliProblem('problems-file-in-the-way'), file }]);
  await tryOutput(file);
  return file;
};

const freeName = (): string => {
  let file = 'problems.csv';
  for (let next = 2; existsSync(file); next += 1) file = `problems-${next}.csv`;
  return file;
};

/** An earlier list that is not read now, or an empty file; everything else is somebody's own. */
const mayBeReplaced = async (file: string, inputs: readonly string[]): Promise<boolean> => {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile()) return true;
  const own = await realpath(file);
  for (const input of inputs) if ((await realpath(input).catch(() => input)) === own) return false;
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3 + listHeading.length), 0);
    return bytesRead === 0 || buffer.toString().startsWith(`\uFEFF${listHeading}`);
  } finally {
    await handle.close();
  }
};

const readMap = async (
  context: CliContext,
  options: Pick<IngestOptions, 'map' | 'preset'>,
): Promise<MapFile | undefined> => {
  const file = options.preset === undefined ? options.map : await presetFile(context, options.preset);
  if (file === undefined) return undefined;
  const { parseMapFile } = await import('../../ingest/columns/map-file.ts');
  const { z } = await import('zod');
  const { readJsonInput } = await import('../json-input.ts');
  const document = await readJsonInput(z.unknown(), file);
  return namingFile(file, () => parseMapFile(document));
};

/** File of a preset; a name that the workspace does not have is a slip, answered with those that it has. */
const presetFile = async (context: CliContext, preset: string): Promise<string> => {
  const folder = join(context.workspace, 'models', 'presets');
  const names = (await readdir(folder).catch(() => [])).flatMap((name) =>
    name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [],
  );
  if (names.includes(preset)) return join(folder, `${preset}.json`);
  const { presetNames } = await import('../../ingest/columns/presets.ts');
  throw new UsageError(cliFinding('no-such-preset', { preset, names: [...presetNames, ...names] }));
};

const keepRejectedRows = async (
  context: CliContext,
  { rejectedRows }: IngestAnswer,
  file: string | undefined,
): Promise<void> => {
  if (rejectedRows.length === 0 || file === undefined) return;
  const { csvLine } = await import('../../render/csv.ts');
  const lines = rejectedRows.map(({ file: from, row, text, problem }) =>
    csvLine([
      from,
      row,
      problem.column ?? '',
      problem.rule,
      inLanguage(sayProblem(problem, 'terminal').message, context.lang),
      text,
    ]),
  );
  await writeOutput(
    file,
    `\uFEFF${[listHeading, ...lines].join('\r\n')}\r\n`,
    // Rows as they came, whatever is in them.
    0o600,
  );
  context.notice(cliFinding('rows-left-out', { rows: rejectedRows.length, file }));
};

/** Short ways in which people write a unit. */
const short: Readonly<Record<string, DurationUnit>> = {
  s: 'seconds',
  sec: 'seconds',
  ms: 'milliseconds',
  min: 'minutes',
  h: 'hours',
  d: 'days',
  'mm:ss': 'clock',
  'hh:mm:ss': 'clock',
  'h:mm:ss': 'clock',
  'hh:mm': 'clock-hours',
};

/** Fields of durations; `handle_seconds` and `wait_seconds` stand for the total and the mean too. */
const fieldsNamed: Readonly<Record<string, readonly string[]>> = {
  handle_seconds: ['handle_seconds', 'handle_seconds_total', 'handle_seconds_mean'],
  wait_seconds: [
    'wait_seconds',
    'wait_seconds_total',
    'wait_seconds_mean',
    'wait_seconds_mean_answered',
    'wait_seconds_mean_abandoned',
  ],
  ...Object.fromEntries(
    [
      'handle_seconds_total',
      'handle_seconds_mean',
      'wait_seconds_total',
      'wait_seconds_mean',
      'wait_seconds_mean_answered',
      'wait_seconds_mean_abandoned',
      'seconds_to_operator',
      'mean_seconds',
      'aht_seconds',
      'operator_seconds',
    ].map((field) => [field, [field]]),
  ),
};

/** Reads `--unit handle_seconds_mean=ms`, which may come several times. */
const unitOption = (
  value: string,
  before: Readonly<Record<string, DurationUnit>> = {},
): Record<string, DurationUnit> => {
  const [field = '', text = ''] = value.split('=');
  const fields = fieldsNamed[field.trim()];
  const plain = text.trim().toLowerCase();
  const unit = short[plain] ?? durationUnits.find((each) => each === plain);
  if (fields === undefined || unit === undefined)
    throw new UsageError(
      cliFinding('bad-unit-option', {
        fields: Object.keys(fieldsNamed),
        units: [...durationUnits, ...Object.keys(short)],
        given: value,
      }),
    );
  return { ...before, ...Object.fromEntries(fields.map((each) => [each, unit])) };
};

/** Reads `--column handle_seconds_total="ACD Time+ACW Time"`, which may come several times. */
const columnOption = (value: string, before: ColumnsNamed = {}): ColumnsNamed => {
  const at = value.indexOf('=');
  const field = value.slice(0, Math.max(0, at)).trim();
  const headings = value
    .slice(at + 1)
    .split('+')
    .map((heading) => heading.trim());
  const [first = ''] = headings;
  if (!allFields.has(field) || headings.includes(''))
    throw new UsageError(cliFinding('bad-column-option', { fields: [...allFields], given: value }));
  return { ...before, [field]: headings.length === 1 ? first : headings };
};
