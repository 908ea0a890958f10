import { setTimeout as pause } from 'node:timers/promises';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { type Job } from '../../src/contract/http/job.ts';
import { seededRandom } from '../../src/kernel/random.ts';

/** What the pages of the app ask for, with how often. */
const reads: readonly (readonly [string, number])[] = [
  ['/workspace', 4],
  ['/plans/latest', 4],
  ['/plans/latest/world', 2],
  ['/plans', 2],
  ['/ranking', 1],
  ['/models/hotline', 1],
  ['/overrules', 1],
  ['/jobs', 2],
];
/** How long a planner waits for a what-if to begin before giving it up; one that is being worked on is waited for. */
const patienceMillis = 15_000;

export interface Tally {
  readonly readMillis: number[];
  readonly byPath: Map<string, number[]>;
  readonly errors: string[];
  whatIfs: number;
  answered: number;
  /** From the order to the answer. */
  readonly answerMillis: number[];
  /** Given up by whoever asked, before work on it had begun. */
  cancelled: number;
  /** Waiting or being worked on when the run ended. */
  cutOff: number;
}

export interface ClientsWish {
  readonly count: number;
  /** Mean time between an answer and the next question. */
  readonly pauseMillis: number;
  /** Share of questions that are what-ifs; default a tenth. */
  readonly whatIfShare?: number;
  /** Only these paths; default all that the pages ask for. */
  readonly paths?: readonly string[];
}

/** What a client's requests carry: by it the server knows who asks. */
export type ClientHeaders = Readonly<Record<string, string>>;

/** What every program of this machine carries. */
export const withToken = (token: string) => (): ClientHeaders => ({ [tokenHeader]: token });

/** Clients that ask until they are stopped, each as somebody. */
export const startClients = async (
  url: string,
  headersOf: (client: number) => ClientHeaders,
  { count, pauseMillis, whatIfShare = 0.1, paths }: ClientsWish,
): Promise<{ reads(): number; stop(): Promise<Tally> }> => {
  const tally: Tally = {
    readMillis: [],
    byPath: new Map(),
    errors: [],
    whatIfs: 0,
    answered: 0,
    answerMillis: [],
    cancelled: 0,
    cutOff: 0,
  };
  const stopping = new AbortController();
  const clients = Array.from({ length: count }, async (_, client) => {
    const draw = seededRandom(client, 3);
    const headers = headersOf(client);
    while (!stopping.signal.aborted) {
      await pause(pauseMillis * draw.exponential(), undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      const asked =
        draw.uniform() < whatIfShare
          ? tryOut(url, headers, draw.uniform(), tally, stopping.signal)
          : read(url, headers, choose(draw.uniform(), paths), tally);
      await asked.catch((error: unknown) => tally.errors.push(String(error)));
    }
  });
  return {
    reads: () => tally.readMillis.length,
    stop: async () => {
      stopping.abort();
      await Promise.all(clients);
      return tally;
    },
  };
};

const choose = (uniform: number, paths: readonly string[] | undefined): string => {
  const wanted = reads.filter(([path]) => paths?.includes(path) ?? true);
  const total = wanted.reduce((sum, [, weight]) => sum + weight, 0);
  let left = uniform * total;
  return wanted.find(([, weight]) => (left -= weight) < 0)?.[0] ?? '/plans';
};

const read = async (url: string, headers: ClientHeaders, path: string, tally: Tally): Promise<void> => {
  const from = performance.now();
  const response = await fetch(`${url}${apiRoot}${path}`, { headers });
  await response.arrayBuffer();
  const millis = performance.now() - from;
  tally.readMillis.push(millis);
  tally.byPath.set(path, [...(tally.byPath.get(path) ?? []), millis]);
  if (!response.ok) tally.errors.push(`${path} ${response.status}`);
};

const tryOut = async (
  url: string,
  known: ClientHeaders,
  uniform: number,
  tally: Tally,
  stopping: AbortSignal,
): Promise<void> => {
  tally.whatIfs += 1;
  const headers = { ...known, 'content-type': 'application/json' };
  const volume = 0.9 + 0.3 * uniform;
  const scenario = { scenario: `calls x ${volume.toFixed(2)}`, callsFactor: volume };
  const body = JSON.stringify({ scenario });
  const response = await fetch(`${url}${apiRoot}/simulations`, { method: 'POST', headers, body });
  if (response.status !== 202) {
    tally.errors.push(`/simulations ${response.status} ${(await response.text()).slice(0, 200)}`);
    return;
  }
  const { id } = (await response.json()) as Job;
  const timer = new AbortController();
  const giveUp = (): void => {
    timer.abort();
    void fetch(`${url}${apiRoot}/jobs/${id}`, { method: 'DELETE', headers });
  };
  const timeout = setTimeout(giveUp, patienceMillis);
  const leaving = (): void => {
    if (stopping.aborted) giveUp();
  };
  stopping.addEventListener('abort', leaving);
  const from = performance.now();
  const job = await followed(`${url}${apiRoot}/jobs/${id}/events`, headers, () => clearTimeout(timeout));
  stopping.removeEventListener('abort', leaving);
  clearTimeout(timeout);
  if (job.state === 'done') {
    const answer = await fetch(`${url}${job.result}`, { headers });
    await answer.arrayBuffer();
    if (!answer.ok) tally.errors.push(`result ${answer.status}`);
    tally.answered += 1;
    tally.answerMillis.push(performance.now() - from);
  } else if (job.state === 'cancelled' && stopping.aborted) tally.cutOff += 1;
  else if (job.state === 'cancelled' && timer.signal.aborted) tally.cancelled += 1;
  else tally.errors.push(`job ${job.state}: ${job.problem?.detail ?? ''}`);
};

/** Follows a job to its end; tells when work on it has begun. */
const followed = async (url: string, headers: ClientHeaders, onBegin: () => void): Promise<Job> => {
  const response = await fetch(url, { headers });
  let job: Partial<Job> = {};
  let rest = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) job = JSON.parse(line.slice(6)) as Job;
    if (job.state === 'running') onBegin();
  }
  return job as Job;
};
