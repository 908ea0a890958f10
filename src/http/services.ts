import type { Accounts, AccountStore } from '../access/accounts.ts';
import type { ApiTokens } from '../access/recognise.ts';
import type { OpenId, OpenIdPeople } from '../access/openid.ts';
import type { SignIn } from '../access/sign-in.ts';
import type { ReportRequest, TemplateFormat } from '../contract/report-formats.ts';
import type { PlannedOperationDocument } from '../contract/http/planned-operation-document.ts';
import type { Logger } from 'pino';
import type { AuditChain } from '../contract/documents/audit-document.ts';
import type { DayDocument, SteppedAction, TakenAction } from '../contract/documents/day-document.ts';
import type { IngestDocument } from '../contract/documents/ingest-document.ts';
import type { HotlineDocument, RankDocument } from '../contract/documents/rank-document.ts';
import type { RosterDocument, SwapDocument } from '../contract/documents/roster-document.ts';
import type { DataReport, GuessDocument, GuessQuery, IngestQuery } from '../contract/http/file-documents.ts';
import type {
  DayRequest,
  RankQuery,
  StepActionRequest,
  TakeActionsRequest,
} from '../contract/http/job-requests.ts';
import type { ModelName, NamesSeen } from '../contract/http/model-name.ts';
import type {
  ChangeRosterRequest,
  RosterBasisDocument,
  SwapRequest,
} from '../contract/http/roster-requests.ts';
import type { HoursInUse } from '../contract/models/model-fields.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Actor } from '../kernel/actor.ts';
import type { RecordKind } from '../kernel/records.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { Alarms } from '../feeds/alarms.ts';
import type { Feeds, Models, Ports, Store } from '../planning/ports.ts';
import type { rosterFile } from '../render/roster-file.ts';
import type { Access } from './access.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { Metrics } from './metrics.ts';

/** A file on its way in: its own name, and its bytes in pieces, which can be read once. */
export interface UploadedFile {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The use cases that are answered at once. Given, so that the HTTP layer is tested without them. */
export interface UseCases {
  rankHotlines(ports: Ports, request: RankQuery): Promise<RankDocument>;
  hotlineThroughPeriods(
    ports: Ports,
    request: { readonly hotline: string; readonly seed: number },
  ): Promise<HotlineDocument>;
  describeDay(ports: Ports, request: DayRequest): Promise<DayDocument>;
  takeDayActions(ports: Ports, request: TakeActionsRequest, actor: Actor): Promise<TakenAction[]>;
  stepDayAction(
    ports: Ports,
    id: number,
    request: StepActionRequest,
    actor: Actor,
  ): Promise<SteppedAction | undefined>;
  /** A plan's demand, roster and rules, for the page to project with. */
  describePlannedOperation(ports: Ports, id: string): Promise<PlannedOperationDocument>;
  /** When the line is open, as stated and as the data show it. */
  describeHours(ports: Ports): Promise<HoursInUse>;
  /** How good the stored data are, and how far they carry. */
  reportData(ports: Ports): Promise<DataReport>;
  /** A roster's changes by hand, under `actor`: each judges the whole roster, and projects the weeks that move. */
  changeRoster(ports: Ports, request: ChangeRosterRequest, actor: Actor): Promise<RosterDocument>;
  swapDuties(ports: Ports, request: SwapRequest, actor: Actor): Promise<SwapDocument>;
  showRosterBasis(ports: Ports, roster: string): Promise<RosterBasisDocument>;
  guessFile(ports: Ports, file: UploadedFile, request: GuessQuery): Promise<GuessDocument>;
  ingestFile(ports: Ports, file: UploadedFile, request: IngestQuery): Promise<IngestDocument>;
  removeTraffic(
    ports: Ports,
    request: {
      readonly queue: string;
      readonly from?: PlainDate | undefined;
      readonly to?: PlainDate | undefined;
    },
  ): Promise<{ readonly rows: number }>;
  /** What the log of changes proves of itself: every entry is looked at. */
  auditChain(ports: Ports): Promise<AuditChain>;
  /** Names that the records use, each once. */
  describeNames(ports: Ports): Promise<NamesSeen>;
  /** A stored plan, a roster as the caller may see it, or a table to fill in, as a file; undefined: there is no such plan. */
  reportFile(
    ports: Ports,
    plan: string,
    language: Language,
    request: ReportRequest,
  ): Promise<Uint8Array | undefined>;
  rosterFile(ports: Ports, ...asked: Parameters<typeof rosterFile>): Promise<Uint8Array>;
  templateFile(ports: Ports, ...asked: [RecordKind, TemplateFormat, Language]): Promise<Uint8Array>;
}

/** The model files of a workspace. `write` validates and throws `BadInputError`, writing nothing then. */
export interface ModelFiles {
  read(): Promise<Models>;
  write(name: ModelName, document: unknown, change?: ModelChange): Promise<unknown>;
  /** Several together: each may be such that it fits only with the others. */
  writeAll(
    documents: Partial<Record<ModelName, unknown>>,
    change?: ModelChange,
  ): Promise<Partial<Record<ModelName, unknown>>>;
}

/** Whose log a change of models is noted in, and the versions (`modelVersion`) that it was decided on. */
interface ModelChange {
  readonly store: Pick<Store, 'noteChange'>;
  readonly versions: readonly string[];
}

export interface OpenIdServices {
  readonly openId: OpenId;
  readonly people: OpenIdPeople;
  /** What the button on the sign-in page says. */
  readonly name: string;
}

/** Where people sign in. */
export interface Door {
  readonly signIn: SignIn;
  /** Accounts as somebody looks after them, under whose name it is noted. */
  readonly accounts: (actor: Actor) => Accounts;
  /** The hotline that its accounts have their roles and tokens on. */
  readonly hotline: string;
  readonly tokens: ApiTokens;
  /** What somebody is on each hotline of the database, by hotline. */
  readonly rolesOf: AccountStore['rolesOf'];
  /** Where people also sign in through somebody else. */
  readonly openId?: OpenIdServices;
}

/** A hotline of the server by its names. */
export interface LineName {
  /** As addresses have it. */
  readonly line: string;
  readonly name: Text;
}

/** The hotlines of one server. */
export interface Lines {
  /** The workspace's own. */
  readonly home: string;
  /** All of them, the workspace's own first. */
  all(): Promise<readonly LineName[]>;
  /** What answers for one of them; undefined: there is none of that name. Kept open from then on. */
  open(line: string): Promise<Services | undefined>;
}

/** All that the server needs to answer for one hotline. */
export interface Services {
  /** Under which this hotline's API stands. */
  readonly root: string;
  readonly lines: Lines;
  readonly useCases: UseCases;
  readonly modelFiles: ModelFiles;
  /** Long work, done elsewhere than on the server's own thread. */
  readonly jobs: JobQueue;
  /** What the switchboard sends by itself. */
  readonly feeds: Feeds;
  /** Who hears of it when that does not come. */
  readonly alarms: Alarms;
  /** Where feeds may read that are set up over HTTP by people who sign in. */
  readonly feedFolder: string;
  /** For reading, by anyone. */
  readonly store: Store;
  readonly kept: KeptAnswers;
  /** Ports for what is answered at once, with the models as they are now; what is written through them is by this one. */
  readonly ports: (actor: Actor) => Promise<Ports>;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  /** Requests that one address may make in a minute. */
  readonly requestsPerMinute: number;
  /** Who may read and write where nobody signs in. */
  readonly access: Access;
  /** Who comes in, and who may, where people sign in. */
  readonly door: Door | undefined;
  /** The address that browsers open, where it is not this machine's own; else empty. */
  readonly publicUrl: string;
  /** Addresses of the proxy whose word is taken on whose a request is; empty: none. */
  readonly trustedProxy: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Folder of the page's files, with the built app under app/. */
  readonly publicFolder: string;
  /** Most bytes of one uploaded file. */
  readonly largestUploadBytes: number;
}
