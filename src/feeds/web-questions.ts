import { z } from 'zod';
import { readAtMost } from '../access/openid.ts';
import { BadInputError } from '../kernel/errors.ts';
import { feedProblem } from './feed-findings.ts';

const answerMillis = 30_000;
const longestAnswer = 32 * 2 ** 20;

/** Questions to a service that answers in JSON: where it is asked too often, none before it may be asked again. */
export class WebQuestions {
  /** Forgotten once it is refused. */
  #token: string | undefined;
  #waitUntil = -Infinity;

  get isSignedIn(): boolean {
    return this.#token !== undefined;
  }

  /** By OAuth's client credentials; answers what its questions carry as `authorization`. */
  async signIn(address: URL, id: string, password: () => Promise<string>): Promise<string> {
    if (this.#token === undefined) {
      const authorization = `Basic ${Buffer.from(`${id}:${await password()}`).toString('base64')}`;
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const asked = { method: 'POST', headers: { authorization }, body };
      this.#token = (await this.ask(address, asked, tokenSchema)).access_token;
    }
    return `Bearer ${this.#token}`;
  }

  /** Throws `BadInputError` for every answer that is none; `right`: what lets one ask. */
  async ask<Answer>(
    address: URL,
    asked: RequestInit,
    schema: z.ZodType<Answer>,
    right?: string,
  ): Promise<Answer> {
    const place = address.host;
    address.username = '';
    const tooOften = (): BadInputError => new BadInputError([feedProblem('feed-asked-too-often', { place })]);
    const wrong = (why: string): BadInputError =>
      new BadInputError([feedProblem('feed-answer-wrong', { place, why })]);
    if (performance.now() < this.#waitUntil) throw tooOften();
    const signal = AbortSignal.timeout(answerMillis);
    const answer = await fetch(address, { ...asked, redirect: 'error', signal }).catch((error: unknown) => {
      throw (error as { readonly cause?: unknown }).cause ?? error;
    });
    if (answer.status === 429) {
      const seconds = Number(answer.headers.get('retry-after')) || 60;
      this.#waitUntil = performance.now() + 1000 * Math.min(3600, seconds);
      throw tooOften();
    }
    // AWS says 403 to whom it does not know as well
    const isKnown = !/Signature|Token|Client/.test(answer.headers.get('x-amzn-errortype') ?? '');
    if (answer.status === 403 && right !== undefined && isKnown)
      throw new BadInputError([feedProblem('feed-right-missing', { place, right })]);
    if (answer.status === 401 || answer.status === 403) {
      this.#token = undefined;
      throw new BadInputError([feedProblem('feed-not-let-in', { place })]);
    }
    const text = (await readAtMost(answer, longestAnswer)).toString();
    const type = answer.headers.get('content-type') ?? '';
    if (!answer.ok) throw wrong(`HTTP ${answer.status}`);
    if (!/\bjson\b/.test(type)) throw wrong(type === '' ? 'HTTP 200' : type);
    const { data } = schema.safeParse(jsonOf(text));
    if (data === undefined) throw wrong('JSON');
    return data;
  }
}

const tokenSchema = z.object({ access_token: z.string().min(1) });

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
