import type { Response } from 'express';
import { callerOf, createPlaces, presentedCredential } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

/** Comments on the stream now and then, so that nothing between closes it as idle. */
const heartbeatMillis = 15_000;

/** Most streams open at once: of an account (a page has one or two), of a machine where nobody signs in, and of all. */
const [ofAccount, ofMachine, ofAll] = [createPlaces(20), createPlaces(100), createPlaces(1_000)];

/** Bytes that may wait for somebody who does not read them: a reader who is that far behind starts again. */
const mostUnread = 2 ** 17;

/** Takes a place among the streams, and answers how to give it back. */
const takeStream = (response: Response): (() => void) => {
  const account = callerOf(response)?.who?.member.id;
  const release = account === undefined ? ofMachine('') : ofAccount(account);
  const shared = release && ofAll('');
  if (release !== undefined && shared !== undefined)
    return () => [release, shared].forEach((giveBack) => giveBack());
  release?.();
  throw new HttpError(429, httpFinding('too-many-requests'));
};

/** Whether who asked is still signed in, in the same role. */
const isStillKnown = async ({ door }: Services, response: Response): Promise<boolean> => {
  const who = callerOf(response)?.who;
  if (who === undefined || door === undefined) return true;
  const carried = presentedCredential(response.req);
  const now = await (who.by === 'token'
    ? door.signIn.byToken(carried)
    : door.signIn.bySession(carried, false));
  return now !== undefined && now.member.role === who.member.role;
};

/**
 * Answers with server-sent events until who asked goes, is no longer signed in, or `end` is called. `begin` starts what
 * sends them and answers how to stop it.
 */
export const streamEvents = (
  services: Services,
  response: Response,
  begin: (send: (event: string, data: string) => void, end: () => void) => () => void,
): void => {
  // The caller for the head alone has had all of it.
  if (response.req.method === 'HEAD') {
    response.type('text/event-stream').end();
    return;
  }
  // gone before it began: nothing would tell
  if (response.destroyed || response.socket?.destroyed === true) return;
  const giveBack = takeStream(response);
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform' });
  response.flushHeaders();
  // what is said after the end would be an error that nobody hears, and end the server
  const write = (text: string): void => {
    if (response.writableLength > mostUnread) response.destroy();
    else if (!response.writableEnded) response.write(text);
  };
  const heartbeat = setInterval(() => {
    // since the last look it has ended, and nobody has read that
    if (response.writableEnded) {
      response.destroy();
      return;
    }
    write(': still there\n\n');
    void isStillKnown(services, response)
      .then((known) => known || response.end())
      .catch(() => response.end());
  }, heartbeatMillis);
  const stop = begin(
    (event, data) => write(`event: ${event}\ndata: ${data}\n\n`),
    () => response.end(),
  );
  const close = (): void => {
    clearInterval(heartbeat);
    stop();
    giveBack();
  };
  response.once('close', close);
};
