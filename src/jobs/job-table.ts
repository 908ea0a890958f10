import { Pool, type PoolClient } from 'pg';
import type { PackedError } from '../engine/packed-error.ts';
import { localActor, type Actor } from '../kernel/actor.ts';
import { applicationName } from '../store/migrations.ts';
import type { AskedJob } from '../contract/http/job-requests.ts';
import { dayMillis } from '../kernel/time.ts';
import {
  answerKey,
  type HeldPlace,
  type JobCircumstances,
  type JobOrder,
  type JobRecord,
  type TaskAnswer,
} from './job-queue.ts';

/** Whose job: the hotline leads every key, so that one database can hold, and spread, many. */
interface JobKey {
  readonly hotline: string;
  readonly id: string;
}

/** What the queue hands to a worker; the order itself is in the table. */
export type JobTicket = JobKey;

interface Row {
  readonly id: string;
  readonly kind: JobRecord['kind'];
  /** JSON; of a job that an earlier version left it is not known. */
  readonly request: string | null;
  readonly state: JobRecord['state'];
  readonly done: number;
  readonly step: string | null;
  readonly created_millis: string;
  readonly attempt: number;
  readonly error: string | null;
  readonly path: string | null;
  /** Of a job that an earlier version left neither is known. */
  readonly actor: string | null;
  readonly asks: boolean;
}

const columns = 'id, kind, request, state, done, step, created_millis, attempt, error, path, actor, asks';
/** Any number that no other program locks. */
const setupLock = 5_839_221_704;
/** Finished or forgotten jobs go after this many days. */
const keptDays = 15;
const listed = 200;

const setup = `
  create schema if not exists huawu_jobs;
  create table if not exists huawu_jobs.jobs (
    hotline_key text not null,
    id uuid not null,
    kind text not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    done double precision not null,
    step text,
    created_millis bigint not null,
    attempt integer not null,
    error text,
    path text,
    answer text,
    task text not null,
    primary key (hotline_key, id)
  );
  alter table huawu_jobs.jobs add column if not exists actor text;
  alter table huawu_jobs.jobs add column if not exists asks boolean not null default false;
  alter table huawu_jobs.jobs add column if not exists request text;
  create index if not exists jobs_by_age on huawu_jobs.jobs (hotline_key, created_millis desc);
`;

const recordOf = (row: Row): JobRecord => ({
  id: row.id,
  kind: row.kind,
  request: JSON.parse(row.request ?? '{}') as JobRecord['request'],
  state: row.state,
  done: row.done,
  step: row.step,
  createdAtMillis: Number(row.created_millis),
  attempt: row.attempt,
  error: row.error === null ? null : (JSON.parse(row.error) as PackedError),
  path: row.path,
  ...heldPlaceOf(row),
});

const heldPlaceOf = ({ actor, asks }: Pick<Row, 'actor' | 'asks'>): HeldPlace => ({
  ...holderOf(actor === null ? localActor : (JSON.parse(actor) as KeptHolder)),
  asks,
});

/** Who ordered a job as the table keeps it: with whose share it takes, and its place in the queue. */
type KeptHolder = Actor & { readonly holder?: string; readonly place?: number };

const holderOf = ({ holder, place, ...by }: KeptHolder): Pick<HeldPlace, 'by' | 'holder' | 'place'> => ({
  by,
  holder: holder ?? by.id,
  ...(place === undefined ? {} : { place }),
});

/**
 * The jobs of a shared database as their owners see them. Every change by a worker names the attempt that makes it: a
 * worker that was given up and replaced can change nothing any more.
 */
export const openJobTable = async (address: string): Promise<JobTable> => {
  const pool = new Pool({
    connectionString: address,
    max: 4,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A connection that breaks while idle is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => {});
  const table = new JobTable(pool);
  try {
    await table.inTransaction(async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [setupLock]);
      await client.query(setup);
    });
    return table;
  } catch (error) {
    await pool.end();
    throw error;
  }
};

export class JobTable {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async inTransaction<Answer>(work: (client: PoolClient) => Promise<Answer>): Promise<Answer> {
    const client = await this.#pool.connect();
    // The pool does not listen to a connection that is in use: unheard, its loss would end the process.
    const onLost = (): void => {};
    client.on('error', onLost);
    try {
      await client.query('begin');
      const answer = await work(client);
      await client.query('commit');
      client.release();
      return answer;
    } catch (error) {
      // Closing the connection undoes what was begun, also where the server can no longer be asked to.
      client.release(true);
      throw error;
    } finally {
      client.off('error', onLost);
    }
  }

  /** Whose a hotline's jobs are that wait or run; until the transaction ends nobody else counts, and then adds, its jobs. */
  async unfinished(client: PoolClient, hotline: string): Promise<readonly HeldPlace[]> {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', [hotline, setupLock]);
    const { rows } = await client.query<Pick<Row, 'actor' | 'asks'>>(
      `select actor, asks from huawu_jobs.jobs where hotline_key = $1 and state in ('queued', 'running')`,
      [hotline],
    );
    return rows.map(heldPlaceOf);
  }

  /** A hotline's unfinished job that has the answer of an order; see `unfinished` for how many look at once. */
  async alike(client: PoolClient, hotline: string, order: JobOrder): Promise<JobRecord | undefined> {
    const key = answerKey(order);
    if (key === undefined) return undefined;
    const { rows } = await client.query<Row>(
      `select ${columns} from huawu_jobs.jobs where hotline_key = $1 and state in ('queued', 'running')
       and task::jsonb - 'nowMillis' = $2::jsonb order by created_millis limit 1`,
      [hotline, key],
    );
    return rows[0] === undefined ? undefined : recordOf(rows[0]);
  }

  async add(
    client: PoolClient,
    { hotline, id }: JobKey,
    { order, place }: { readonly order: JobOrder; readonly place: number },
    nowMillis: number,
  ): Promise<JobRecord> {
    await client.query('delete from huawu_jobs.jobs where hotline_key = $1 and created_millis < $2', [
      hotline,
      nowMillis - keptDays * dayMillis,
    ]);
    const { rows } = await client.query<Row>(
      `insert into huawu_jobs.jobs (hotline_key, id, kind, state, done, created_millis, attempt, task, actor, asks, request)
       values ($1, $2, $3, 'queued', 0, $4, 0, $5, $6, $7, $8) returning ${columns}`,
      [
        hotline,
        id,
        order.kind,
        nowMillis,
        JSON.stringify(order),
        JSON.stringify({ ...order.actor, holder: order.holder, place }),
        order.asks === true,
        JSON.stringify(order.request),
      ],
    );
    return recordOf(rows[0] as Row);
  }

  async find(hotline: string, ids: readonly string[]): Promise<JobRecord[]> {
    const { rows } = await this.#pool.query<Row>(
      `select ${columns} from huawu_jobs.jobs where hotline_key = $1 and id = any($2::uuid[])`,
      [hotline, ids],
    );
    return rows.map(recordOf);
  }

  async list(hotline: string): Promise<JobRecord[]> {
    const { rows } = await this.#pool.query<Row>(
      `select ${columns} from huawu_jobs.jobs where hotline_key = $1 order by created_millis desc, id limit ${listed}`,
      [hotline],
    );
    return rows.map(recordOf);
  }

  async answer({ hotline, id }: JobKey): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ answer: string | null }>(
      'select answer from huawu_jobs.jobs where hotline_key = $1 and id = $2',
      [hotline, id],
    );
    return rows[0]?.answer ?? undefined;
  }

  /** True where the job was not finished. */
  cancel(key: JobKey): Promise<boolean> {
    return this.#change(key, `state = 'cancelled'`, `state in ('queued', 'running')`, []);
  }

  /** Takes a job up; undefined where it is finished, or a later attempt has it. */
  async begin({ hotline, id }: JobKey, attempt: number): Promise<JobOrder | undefined> {
    const { rows } = await this.#pool.query<{ task: string }>(
      `update huawu_jobs.jobs set state = 'running', attempt = $3
       where hotline_key = $1 and id = $2 and state in ('queued', 'running') and attempt < $3 returning task`,
      [hotline, id, attempt],
    );
    if (rows[0] === undefined) return undefined;
    // An order that an earlier version left does not say whose it is.
    const order = JSON.parse(rows[0].task) as AskedJob &
      Omit<JobCircumstances, 'actor'> &
      Partial<Pick<JobCircumstances, 'actor'>>;
    return { ...order, actor: order.actor ?? localActor };
  }

  /** Tells how far an attempt is. False where the job is no longer this attempt's: stop working on it. */
  advance(key: JobKey, attempt: number, done: number, step: string | null): Promise<boolean> {
    return this.#change(key, 'done = greatest(done, $4), step = $5', `state = 'running' and attempt = $3`, [
      attempt,
      done,
      step,
    ]);
  }

  async holds({ hotline, id }: JobKey, attempt: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `select 1 from huawu_jobs.jobs where hotline_key = $1 and id = $2 and state = 'running' and attempt = $3`,
      [hotline, id, attempt],
    );
    return rowCount === 1;
  }

  finish(key: JobKey, attempt: number, answer: TaskAnswer): Promise<boolean> {
    return this.#change(
      key,
      `state = 'done', done = 1, error = null, answer = $4, path = $5`,
      `state = 'running' and attempt = $3`,
      [attempt, 'json' in answer ? answer.json : null, 'path' in answer ? answer.path : null],
    );
  }

  /**
   * True where as many jobs of planners have waited for longer than that as should have this attempt's place, or more: of
   * those that only ask, on whatever machine, the ones ordered last give way first.
   */
  async wantsWay({ hotline, id }: JobKey, attempt: number, patienceMillis: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `select 1 from huawu_jobs.jobs mine
       where hotline_key = $1 and id = $2 and attempt = $3 and state = 'running' and
         (select count(*) from huawu_jobs.jobs where state = 'queued' and not asks and error is null
            and created_millis < 1000 * extract(epoch from now()) - $4)
         > (select count(*) from huawu_jobs.jobs other where other.state = 'running' and other.asks
            and (other.created_millis, other.id) > (mine.created_millis, mine.id))`,
      [hotline, id, attempt, patienceMillis],
    );
    return rowCount === 1;
  }

  /** Has an attempt wait again, as if it had not begun. */
  standBack(key: JobKey, attempt: number): Promise<boolean> {
    return this.#change(
      key,
      `state = 'queued', done = 0, step = null`,
      `state = 'running' and attempt = $3`,
      [attempt],
    );
  }

  /** Notes why an attempt failed, and whether another will be made. */
  fail(key: JobKey, attempt: number, error: PackedError, again: boolean): Promise<boolean> {
    return this.#change(key, 'state = $5, error = $4', `state in ('queued', 'running') and attempt = $3`, [
      attempt,
      JSON.stringify(error),
      again ? 'queued' : 'failed',
    ]);
  }

  /** Gives a job up whose every attempt died without a word. */
  bury(key: JobKey, error: PackedError): Promise<boolean> {
    return this.#change(
      key,
      `state = 'failed', error = coalesce(error, $3)`,
      `state in ('queued', 'running')`,
      [JSON.stringify(error)],
    );
  }

  /** Notes as failed what no ticket of the queue in `schema` stands for any more: an order and its ticket come together. */
  async buryLost(schema: string, error: PackedError): Promise<void> {
    await this.#pool.query(
      `update huawu_jobs.jobs lost set state = 'failed', error = coalesce(error, $1)
       where state in ('queued', 'running') and not exists (
         select 1 from ${schema}.job ticket
         where ticket.id = lost.id and ticket.state in ('created', 'retry', 'active'))`,
      [JSON.stringify(error)],
    );
  }

  async #change(
    { hotline, id }: JobKey,
    set: string,
    where: string,
    more: readonly unknown[],
  ): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `update huawu_jobs.jobs set ${set} where hotline_key = $1 and id = $2 and ${where}`,
      [hotline, id, ...more],
    );
    return rowCount === 1;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
