import { httpProblem } from './http-findings.ts';
import { randomBytes } from 'node:crypto';
import { type FileKind, type RecordKind, recordKinds, recordKindsOfFile } from '../kernel/records.ts';
import type { GuessDocument, GuessQuery, IngestQuery } from '../contract/http/file-documents.ts';
import { guessColumns } from '../ingest/columns/guess-columns.ts';
import { fieldsOfKind } from '../ingest/columns/headings.ts';
import { parseMapFile, type MapFile } from '../ingest/columns/map-file.ts';
import { presetsFor } from '../ingest/columns/presets.ts';
import { BadInputError, shownValue } from '../kernel/errors.ts';
import { ingestFiles, removeTraffic } from '../planning/ingest-files.ts';
import type { Ports } from '../planning/ports.ts';
import { presetTitles } from '../words/ingest.ts';
import type { AnsweredAside } from './answer-aside.ts';
import type { UploadedFile, UseCases } from './services.ts';

/** The sort of file to look for: the planner's choice where it leaves no choice, else the likeliest. */
const sortOf = (kind: FileKind | undefined): RecordKind | 'auto' => {
  const [only, ...others] = kind === undefined ? [] : recordKindsOfFile(kind);
  return only === undefined || others.length > 0 ? 'auto' : only;
};

const guessFile = async (
  { models, unpacker }: Ports,
  file: UploadedFile,
  { kind, encoding, sheet, preset, noHeadings }: GuessQuery,
): Promise<GuessDocument> => {
  const guessed = await guessColumns(file, sortOf(kind), {
    unpacker,
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(preset === undefined ? {} : { preset }),
    noHeadings: noHeadings === 'true',
    queueNames: models.hotline.queues.flatMap(({ queue, name }) => [queue, ...Object.values(name)]),
  });
  return {
    document: 'guess',
    file: file.name,
    format: guessed.format,
    encoding: guessed.gzip ? `${guessed.encoding} (gzip)` : guessed.encoding,
    kind: kind ?? recordKinds[guessed.kind].file,
    headingLine: guessed.headingLine,
    columns: guessed.columns.map(({ name, samples, guess, unit, confidence }) => ({
      name,
      samples: [...samples],
      field: guess,
      unit,
      confidence,
    })),
    fields: fieldsOfKind[guessed.kind].map(({ field, required, type }) => ({
      field,
      required: required === true,
      duration: type === 'seconds',
    })),
    missing: [...guessed.missing],
    sheets: [...guessed.sheets],
    sheet: guessed.sheet,
    outcomes: [...guessed.outcomes],
    map: { ...guessed.map },
    preset: guessed.preset,
    presets: presetsFor([guessed.kind]).map((name) => ({ preset: name, title: presetTitles[name] })),
    intervalMinutes: guessed.intervalMinutes,
    timeReadAs:
      guessed.dateFormat === null
        ? null
        : { sample: guessed.dateFormat.sample, readAs: guessed.dateFormat.readAs },
    queues: [...guessed.queues],
  };
};

const mapOf = (json: string | undefined): MapFile | undefined => {
  if (json === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new BadInputError([{ ...httpProblem('map-not-json'), path: 'map', value: shownValue(json) }]);
  }
  return parseMapFile(value);
};

const ingestFile: UseCases['ingestFile'] = async (ports, file, { map, ...request }: IngestQuery) => {
  const { document } = await ingestFiles(ports, [file], {
    ...request,
    map: mapOf(map),
    skipBadRows: request.skipBadRows === 'true',
    acceptUnusual: request.acceptUnusual === 'true',
    addHotlines: request.addHotlines === 'true',
    addQueues: request.addQueues === 'true',
    dryRun: request.dryRun === 'true',
    callerKey: randomBytes(32).toString('hex'),
  });
  return document;
};

/** The product's use cases that are answered at once, as the endpoints call them. */
export const useCases: Omit<UseCases, AnsweredAside> = {
  guessFile,
  ingestFile,
  removeTraffic,
};
