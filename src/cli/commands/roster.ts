import { join } from 'node:path';
import { Option, type Command } from 'commander';
import {
  publishRequestSchema,
  repairRequestSchema,
  rosterRequestSchema,
  swapRequestSchema,
} from '../../contract/http/roster-requests.ts';
import { cycleNames } from '../../contract/roster-cycles.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { Ports } from '../../planning/ports.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, numberOption } from '../option-values.ts';
import { readCycle } from '../../words/rostering.ts';
import { requestOptions } from '../../words/help.ts';
import { fileSource, writeOutput } from '../input-file.ts';
import { productFolder } from '../product-folders.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { withWorkspace } from '../with-workspace.ts';

interface RosterOptions {
  readonly cycle?: string;
  readonly pin?: readonly string[];
  readonly repair?: string;
  readonly swap?: string;
  readonly check?: string;
  readonly publish?: boolean;
  readonly changes?: boolean;
  readonly takeBack?: number;
  readonly show?: boolean;
  readonly compare?: boolean;
  readonly take?: number;
  readonly carryOut?: boolean;
  readonly breakHardRules?: boolean;
  readonly why?: string;
  readonly by?: string;
  readonly supersede?: string;
  readonly rules?: string;
  readonly out?: string;
}

export const addRosterCommand = (program: Command, run: CommandRunner): void => {
  const command = program.command('roster').summary(help('who-works-when'));
  addRequestOptions(command, rosterRequestSchema, requestOptions.roster);
  command
    .option('--cycle <name>', help('rotation-that-teams-follow'))
    .addOption(new Option('--pin <duty...>', help('operator-date-shift')))
    .option('--repair <absence>', help('operator-date-who'))
    .option('--swap <duties>', help('operator-date-operator'))
    .addOption(
      new Option('--take <number>', help('with-repair')).argParser(
        numberOption({ min: 0, max: 20, whole: true }),
      ),
    )
    .option('--carry-out', help('with-swap'))
    .option('--break-hard-rules', help('with-swap-or-take'))
    .option('--why <reason>', help('kept-with-the-change'))
    .option('--by <name>', help('who-changes-kept'))
    .option('--check <file>', help('judge-a-roster-file-rule'))
    .option('--publish', help('publish-the-latest-draft'))
    .option('--supersede <reason>', help('with-publish'))
    .option('--show', help('roster-that-stands'))
    .option('--compare', help('rosters-made-of-the-same'))
    .option('--changes', help('what-became-of-published-rosters'))
    .addOption(
      new Option('--take-back <number>', help('undo-a-change')).argParser(
        numberOption({ min: 1, whole: true }),
      ),
    )
    .option('--out <file>', help('also-write-xlsx'))
    .action(run(answerRoster));
};

const answerRoster = async (context: CliContext, options: RosterOptions): Promise<void> => {
  const { repair, swap, check, publish, changes, takeBack, compare, show } = options;
  const asked = [repair, swap, check, publish, changes, takeBack, compare, show];
  if (asked.filter((one) => one !== undefined).length > 1)
    throw new UsageError(cliFinding('one-roster-question'));
  if (options.repair !== undefined) return answerRepair(context, options, options.repair);
  if (options.swap !== undefined) return answerSwap(context, options, options.swap);
  if (options.check !== undefined) return answerCheck(context, options, options.check);
  if (options.publish === true) return answerPublish(context, options);
  if (options.changes === true) return answerChanges(context);
  if (takeBack !== undefined) return answerTakeBack(context, options, takeBack);
  if (options.compare === true) return answerCompared(context);
  await answerMade(context, options);
};

/** A roster made again, or with `--show` the one in force. */
const answerMade = async (context: CliContext, options: RosterOptions): Promise<void> => {
  const { rosterFile, rosterFormats } = await import('../../render/roster-file.ts');
  const format = rosterFormats.find((known) => isNamed(options.out ?? '', known));
  if (options.out !== undefined && format === undefined)
    throw new UsageError(cliFinding('unknown-roster-ending'));
  const request = requestOf(rosterRequestSchema, context, {
    ...options,
    cycle: cycleOf(options.cycle),
    pins: options.pin?.map(pinOf),
  });
  const { document, changes } = await withWorkspace(context, async (ports) => {
    const { makeRoster } = await import('../../planning/make-roster.ts');
    const { namePeople, showRoster } = await import('../../planning/show-roster.ts');
    const made =
      options.show === true
        ? await showRoster(ports, request.from)
        : await namePeople(ports, await makeRoster(ports, request));
    return { document: made, changes: await ports.store.rosterChanges(made.id) };
  });
  if (options.out !== undefined && format !== undefined) {
    const made = await rosterFile(document, format, context.lang, changes);
    const { embedFonts } = await import('../../engine/embed-fonts.ts');
    await writeOutput(
      options.out,
      format === 'html' ? await embedFonts(made, join(productFolder('public'), 'app')) : made,
    );
  }
  const { rosterText } = await import('../../render/roster-text.ts');
  context.answer(document, () => rosterText(document, context.lang));
};

/** Whether a file's name asks for a format: by its ending, a messenger's by the one before `.json`. */
const isNamed = (name: string, format: string): boolean => {
  const lower = name.toLowerCase();
  return lower.endsWith(`.${format}`) || lower.endsWith(`.${format}.json`);
};

const cycleOf = (text: string | undefined) => {
  if (text === undefined) return undefined;
  const found = readCycle(text);
  if (found === undefined)
    throw new UsageError(cliFinding('no-such-cycle', { said: text, known: cycleNames }));
  return found;
};

/** OPERATOR@DATE. */
const placeOf = (text: string) => {
  const [operator = '', date = '', ...more] = text.split('@').map((part) => part.trim());
  if (operator === '' || date === '' || more.length > 0)
    throw new UsageError(cliFinding('not-a-duty', { said: text }));
  return { operator, date };
};

/** OPERATOR@DATE, or OPERATOR@DATE@TIME from which on they are absent. */
const absenceOf = (text: string) => {
  const [, from] = /@\s*(\d\d:\d\d)\s*$/.exec(text) ?? [];
  return from === undefined ? placeOf(text) : { ...placeOf(text.slice(0, text.lastIndexOf('@'))), from };
};

const pinOf = (text: string) => {
  const [place = '', shift = '', ...more] = text.split('=').map((part) => part.trim());
  if (shift === '' || more.length > 0) throw new UsageError(cliFinding('not-a-pin', { said: text }));
  return { ...placeOf(place), shift };
};

/** Shifts and people by the names that the roster has for them which stands on a day. */
const rosterNames = async (ports: Ports, date: string | undefined) => {
  const { showRoster } = await import('../../planning/show-roster.ts');
  const { shifts, people } = await showRoster(ports, date);
  return { shifts, people };
};

const answerRepair = async (context: CliContext, options: RosterOptions, absence: string): Promise<void> => {
  const request = requestOf(repairRequestSchema, context, { ...options, absent: absenceOf(absence) });
  const { repairRoster } = await import('../../planning/repair-roster.ts');
  const { document, names } = await withWorkspace(context, async (ports) => ({
    document: await repairRoster(ports, request),
    names: await rosterNames(ports, request.absent.date),
  }));
  const { repairText } = await import('../../render/roster-text.ts');
  context.answer(document, () => repairText(document, names, context.lang));
};

const answerSwap = async (context: CliContext, options: RosterOptions, duties: string): Promise<void> => {
  const asked = { ...options, duties: duties.split(',').map(placeOf) };
  const request = requestOf(swapRequestSchema, context, asked);
  const { swapDuties } = await import('../../planning/change-roster.ts');
  const { document, names } = await withWorkspace(context, async (ports) => ({
    document: await swapDuties(ports, request),
    names: await rosterNames(ports, request.duties[0]?.date),
  }));
  const { swapText } = await import('../../render/roster-text.ts');
  context.answer(document, () => swapText(document, names, context.lang));
};

const answerCheck = async (context: CliContext, { rules }: RosterOptions, file: string): Promise<void> => {
  const { checkRoster } = await import('../../planning/check-roster.ts');
  const source = await fileSource(file);
  const document = await withWorkspace(context, (ports) => checkRoster(ports, [source], rules));
  const { checkText } = await import('../../render/roster-text.ts');
  context.answer(document, () => checkText(document, context.lang));
};

const answerPublish = async (
  context: CliContext,
  { supersede, by, why, breakHardRules }: RosterOptions,
): Promise<void> => {
  const request = requestOf(publishRequestSchema, context, { supersede, by, why, breakHardRules });
  const { publishRoster } = await import('../../planning/change-roster.ts');
  const document = await withWorkspace(context, (ports) => publishRoster(ports, request));
  const { spoken } = await import('../../words/phrases.ts');
  const { rosterWords } = await import('../../words/terminal.ts');
  context.answer(document, () => spoken(rosterWords, context.lang).published(document));
};

const answerChanges = async (context: CliContext): Promise<void> => {
  const { changes, names } = await withWorkspace(context, async (ports) => {
    const found = await ports.store.rosterChanges();
    return {
      changes: found,
      names: found.length === 0 ? { shifts: [], people: [] } : await rosterNames(ports, undefined),
    };
  });
  const { changesText } = await import('../../render/roster-text.ts');
  context.answer({ document: 'roster-changes', changes }, () => changesText(changes, names, context.lang));
};

/** Puts the days of a change back as they were before it; `number` counts the changes of all rosters, as they are listed. */
const answerTakeBack = async (
  context: CliContext,
  { why, by, breakHardRules }: RosterOptions,
  number: number,
): Promise<void> => {
  const { changeRoster } = await import('../../planning/change-roster.ts');
  const { changes, names } = await withWorkspace(context, async (ports) => {
    const known = await ports.store.rosterChanges();
    const roster = known[number - 1]?.roster;
    if (roster === undefined)
      throw new UsageError(cliFinding('no-such-roster-change', { number, changes: known.length }));
    const takesBack = known.slice(0, number).filter((one) => one.roster === roster).length;
    await changeRoster(ports, { roster, takesBack, why, by, breakHardRules });
    return { changes: await ports.store.rosterChanges(), names: await rosterNames(ports, undefined) };
  });
  const { changesText } = await import('../../render/roster-text.ts');
  const made = changes.slice(-1);
  context.answer({ document: 'roster-changes', changes: made }, () =>
    changesText(made, names, context.lang, changes.length),
  );
};

/** The latest roster beside all others of its days. */
const answerCompared = async (context: CliContext): Promise<void> => {
  const { comparisonText, rosterFigures } = await import('../../render/roster-comparison.ts');
  const rosters = await withWorkspace(context, async ({ store }) => {
    const all = await store.rosters();
    const same = all.filter(({ from, to }) => from === all[0]?.from && to === all[0].to);
    const documents = await Promise.all(same.map(({ id }) => store.roster(id)));
    return documents.flatMap((one) => (one === undefined ? [] : [rosterFigures(one)]));
  });
  context.answer({ document: 'roster-comparison', rosters }, () => comparisonText(rosters, context.lang));
};
