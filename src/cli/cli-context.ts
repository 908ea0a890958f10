import { jsonWithSentences } from '../words/with-sentences.ts';
import type { ShouldStop } from '../kernel/ports.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Language } from '../kernel/text.ts';
import { speak } from '../words/speak.ts';

/** What stands outside a command: given, so that tests can stand in for it. */
export interface Terminal {
  readonly out: (chunk: string) => void;
  readonly err: (chunk: string) => void;
  /** True where progress may be drawn over itself on one line. */
  readonly interactive: boolean;
  readonly nowMillis: () => number;
  /** Aborts where the user interrupts, once the command lets events in. */
  readonly signal: AbortSignal;
  /** Whether the user has interrupted, true at once also in the midst of long work; left out: as `signal` tells. */
  readonly shouldStop?: ShouldStop;
  /** Says that the command is about to store what it made and then ends; throws where it was asked to stop before. */
  readonly finishing?: () => void;
  /** Says that the command now serves until it is interrupted, and will end in order by itself. */
  readonly serving?: () => void;
  /** Sets the exit code of a command that has answered all the same. */
  readonly endWith?: (code: 3) => void;
}

/** What every command may be told. */
export interface GlobalOptions {
  readonly workspace: string;
  readonly lang: Language;
  readonly json: boolean;
  readonly seed: number;
}

/** What a command works with. */
export interface CliContext extends GlobalOptions {
  readonly terminal: Terminal;
  /** Prints the answer: the JSON document, or its words for people. */
  answer(document: unknown, words: () => string): void;
  /** A line for people beside the answer, on stderr. */
  notice(said: Sayable | string): void;
  /** A sentence in the language asked for. */
  say(said: Sayable): string;
}

export const createContext = (terminal: Terminal, options: GlobalOptions): CliContext => ({
  ...options,
  terminal,
  answer: (document, words) => {
    const said = options.json ? jsonWithSentences(document, 'terminal') : words();
    terminal.out(said.endsWith('\n') ? said : `${said}\n`);
  },
  notice: (said) =>
    terminal.err(`${typeof said === 'string' ? said : speak(options.lang, 'terminal').say(said)}\n`),
  say: (said) => speak(options.lang, 'terminal').say(said),
});
