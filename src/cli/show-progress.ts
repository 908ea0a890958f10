import { type Pace, type Progress, secondsLeft } from '../kernel/ports.ts';
import { stepNames, timeLeft } from '../words/job-steps.ts';
import type { Language } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';

/**
 * Progress on stderr: one line drawn over itself on a terminal, else one line per step. Nothing comes on
 * stdout.
 */
export const showProgress = (
  terminal: Pick<Terminal, 'interactive' | 'err'>,
  language: Language,
): Progress => {
  let shown = '';
  let begun: Pace | undefined;
  return (done, step) => {
    const name = step === undefined ? '' : (stepNames[step]?.[language] ?? step);
    const now = { done, at: performance.now() };
    begun ??= now;
    if (terminal.interactive) {
      const left = secondsLeft(begun, now);
      const rest = left === undefined ? '' : ` · ${timeLeft(left, language)}`;
      const line = `${String(Math.round(100 * done)).padStart(3)} % ${name}${rest}`;
      terminal.err(done >= 1 ? '\r\u001B[K' : `\r\u001B[K${line}`);
    } else if (name !== '' && name !== shown && done < 1) {
      shown = name;
      terminal.err(`${name} …\n`);
    }
  };
};
