import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { request as requestPlain } from 'node:http';
import { request as requestSafely } from 'node:https';
import { connect } from 'node:net';
import { isPrivateAddress } from '../access/openid.ts';
import { type Problem, UsageError } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Language } from '../kernel/text.ts';
import { messages } from '../words/messages.ts';
import { spoken } from '../words/phrases.ts';
import { describeProblem } from '../words/problems.ts';
import { speak } from '../words/speak.ts';
import { feedFinding } from './feed-findings.ts';

const alarmWords = messages('alarm');

/** What is wrong for now, and what an alarm is raised for once it has lasted. */
export interface Trouble {
  /** The feed, or the day and the kind and queue of a signal. */
  readonly subject: string;
  readonly what: 'late' | 'broken' | 'mending' | 'signal';
  readonly sinceMillis: number;
  readonly why?: Problem | undefined;
  readonly said?: Sayable | undefined;
}

/** An alarm on its way: the same id however often it is tried, so that whoever gets it twice can tell. */
export interface Alarm extends Omit<Trouble, 'what'> {
  readonly id: string;
  readonly what: Trouble['what'] | 'mended' | 'test';
  readonly raisedMillis: number;
}

/** Ways that an alarm can go, with what each needs. */
export interface AlarmWays {
  readonly webhook: string;
  readonly mail: { readonly url: string; readonly from: string; readonly to: readonly string[] };
}

interface Sending extends AlarmWays {
  readonly line: string;
  readonly language: Language;
  readonly inside: boolean;
  /** How long a letter may take; left out: half a minute. */
  readonly mailMillis?: number;
}

/** Why it did not go, in no word an address or a password; `waitMillis`: as long as the other side asks for. */
interface Failed {
  readonly why: string;
  readonly waitMillis?: number;
}

/** Sends an alarm once; undefined: it was taken. */
export const sendAlarm = async (
  way: keyof AlarmWays,
  alarm: Alarm,
  sending: Sending,
): Promise<Failed | undefined> => {
  try {
    return await (way === 'webhook' ? post(alarm, sending) : mail(alarm, sending));
  } catch (error) {
    return { why: reasonOf(error) };
  }
};

const written = ({ what, subject, sinceMillis, why, said }: Alarm, { line, language }: Sending) => {
  const words = spoken(alarmWords, language);
  const head = words[`head-${what}`]({ line, feed: subject.startsWith('signal ') ? 'day' : subject });
  // Of which day: it may be read, or come, on the next.
  const [, date] = /^signal (\S+) /.exec(subject) ?? [];
  const details = [
    ...(said === undefined
      ? []
      : [words.ofDay({ date: date ?? '', said: speak(language, 'program').say(said) })]),
    ...(why === undefined || what === 'mended' ? [] : [describeProblem(why, language, 'program')]),
  ];
  const since = words.since({ since: new Date(sinceMillis).toISOString() });
  return { head, text: [head, ...details, ...(what === 'test' ? [] : [since])].join('\n') };
};

/** Throws `UsageError` for an address that no alarm may be posted to. */
export const refuseWebhook = async (url: string, inside: boolean): Promise<void> => {
  const address = new URL(url);
  if (address.protocol !== 'https:' && !inside) throw new UsageError(feedFinding('alarm-wants-tls'));
  const leads = await isPrivateAddress(address).catch(() => undefined);
  if (leads === undefined)
    throw new UsageError(feedFinding('alarm-unknown-name', { host: address.hostname }));
  if (leads && !inside) throw new UsageError(feedFinding('alarm-leads-inside', { host: address.hostname }));
};

/** Group robots take a message in a shape of their own; everyone else gets what programs read. */
const bodyFor = (host: string, text: string, alarm: object): object => {
  if (/(^|\.)(qyapi\.weixin\.qq|oapi\.dingtalk)\.com$/.test(host))
    return { msgtype: 'text', text: { content: text } };
  // names come from elsewhere: what these two would read as a call to everybody is text
  if (/(^|\.)open\.(feishu\.cn|larksuite\.com)$/.test(host))
    return { msg_type: 'text', content: { text: text.replaceAll('<', '＜') } };
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return host === 'hooks.slack.com' ? { text: escaped } : alarm;
};

const answerMillis = 10_000;
/** For a letter as a whole: a server may say a line now and then for ever. */
const mailMillis = 30_000;
const longestAnswer = 2 ** 16;

const post = async (alarm: Alarm, sending: Sending): Promise<Failed | undefined> => {
  const address = new URL(sending.webhook);
  await refuseWebhook(sending.webhook, sending.inside);
  // looked up once more and held to: a name may lead elsewhere by the next moment
  const places = await lookup(address.hostname.replace(/^\[(.*)\]$/, '$1'), { all: true });
  const { head, text } = written(alarm, sending);
  const body = JSON.stringify(
    bodyFor(address.hostname, text, {
      document: 'alarm',
      id: alarm.id,
      line: sending.line,
      what: alarm.what,
      subject: alarm.subject,
      since: new Date(alarm.sinceMillis).toISOString(),
      raised: new Date(alarm.raisedMillis).toISOString(),
      head,
      text,
    }),
  );
  const [place] = places;
  if (
    place === undefined ||
    (!sending.inside && (await isPrivateAddress(new URL(`https://${hostOf(place)}`))))
  )
    return { why: 'ENOTFOUND' };
  const { status, retryAfter, said } = await ask(address, place, body, alarm.id);
  const waitMillis = 1000 * (Number(retryAfter) || 0);
  if (status < 200 || status > 299) return { why: `HTTP ${status}`, waitMillis };
  // robots refuse with 200
  const code = /"(?:errcode|code|StatusCode)"\s*:\s*(-?\d+)/.exec(said)?.[1];
  // to others 200 says so too
  return code === undefined || code === '0' || code === '200'
    ? undefined
    : { why: `HTTP ${status}, code ${code}` };
};

interface Place {
  readonly address: string;
  readonly family: number;
}

const hostOf = ({ address, family }: Place): string => (family === 6 ? `[${address}]` : address);

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly said: string;
}

const ask = (address: URL, place: Place, body: string, id: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = (address.protocol === 'https:' ? requestSafely : requestPlain)(
      address,
      {
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': id,
          'user-agent': 'huawu',
        },
        signal: AbortSignal.timeout(answerMillis),
        lookup: (_, options, done) => {
          if (options.all === true) done(null, [place]);
          else done(null, place.address, place.family);
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
          if (text.length > longestAnswer) response.destroy(new RangeError('a long answer'));
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'],
            said: text,
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });

const mail = async (alarm: Alarm, sending: Sending): Promise<Failed | undefined> => {
  const { createTransport } = await import('nodemailer');
  const { url, from, to } = sending.mail;
  const { protocol, hostname, port, username, password } = new URL(url);
  const { head, text } = written(alarm, sending);
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const connection = connect({
    host,
    port: port === '' ? (protocol === 'smtps:' ? 465 : 587) : Number(port),
  });
  const late = setTimeout(
    () => connection.destroy(Object.assign(new Error('a slow mail server'), { code: 'ETIMEDOUT' })),
    sending.mailMillis ?? mailMillis,
  );
  const transport = createTransport({
    host,
    connection,
    secure: protocol === 'smtps:',
    // a password never leaves this machine in the open
    requireTLS: username !== '' && !isHere,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    greetingTimeout: answerMillis,
    socketTimeout: answerMillis,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const messageId = `<${alarm.id}@${hostname.replaceAll(/[^a-z0-9.-]/gi, '')}>`;
    await once(connection, 'connect', { signal: AbortSignal.timeout(answerMillis) });
    const broken = once(connection, 'close').then(() => ({ why: 'ECONNECTION' }));
    const sent = transport.sendMail({ from, to: [...to], subject: head, text, messageId });
    return await Promise.race([sent.then(() => undefined), broken]);
  } finally {
    clearTimeout(late);
    transport.close();
    connection.destroy();
  }
};

/** By its code: what the other side says may hold an address. */
const reasonOf = (error: unknown): string => {
  const { code, responseCode, name } = error as Readonly<Record<'code' | 'responseCode' | 'name', unknown>>;
  const said = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
  return said.length > 0 ? said.join(' ') : typeof name === 'string' ? name : 'Error';
};
