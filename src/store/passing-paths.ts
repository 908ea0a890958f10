import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

type Listener = (path: string, there: boolean) => void;

let listener: Listener = () => undefined;

/**
 * Hears of every file and folder that is there only while something is written, when it may come to be and when it is
 * gone: whoever ends this thread where it stands removes what is left.
 */
export const hearPassingPaths = (heard: Listener): void => {
  listener = heard;
};

/**
 * Does work that writes to a path which must not outlast it: removed whatever comes of the work, unless that keeps it:
 * from then on it is no longer for the time being.
 */
export const withPassingPath = async <Answer>(
  path: string,
  work: (keep: () => void) => Promise<Answer>,
): Promise<Answer> => {
  let kept = false;
  listener(path, true);
  try {
    return await work(() => {
      kept = true;
      listener(path, false);
    });
  } finally {
    if (!kept) {
      await rm(path, { recursive: true, force: true });
      listener(path, false);
    }
  }
};

/** A name beside a path that nobody else has: neither another process nor the user. Short, however long the path's own is. */
export const passingName = (path: string): string =>
  join(
    dirname(path),
    `.${basename(path).slice(0, 40)}-${process.pid}-${randomBytes(4).toString('hex')}.unfinished`,
  );
