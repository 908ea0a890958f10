import { rm } from 'node:fs/promises';

type Listener = (path: string, there: boolean) => void;

let listener: Listener = () => undefined;

/**
 * Hears of every file and folder that is there only while something is written, when it may come to be and when it is
 * gone: whoever ends this thread where it stands removes what is left.
 */
export const hearPassingPaths = (heard: Listener): void => {
  listener = heard;
};

/** Does work that writes to a path which must not outlast it: removed whatever comes of the work. */
export const withPassingPath = async <Answer>(path: string, work: () => Promise<Answer>): Promise<Answer> => {
  listener(path, true);
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
    listener(path, false);
  }
};
