import { stepNames } from '../words/terminal/step-names.ts';
import type { Progress } from '../kernel/ports.ts';
import type { Language } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';

/**
 * Progress on stderr: one line drawn over itself on a terminal, else one line per step. Nothing comes on
 * stdout.
 */
export const showProgress = (terminal: Terminal, language: Language): Progress => {
  let shown = '';
  return (done, step) => {
    const name = step === undefined ? '' : (stepNames[step]?.[language] ?? step);
    if (terminal.interactive) {
      const line = `${String(Math.round(100 * done)).padStart(3)} % ${name}`;
      terminal.err(done >= 1 ? '\r\u001B[K' : `\r\u001B[K${line}`);
    } else if (name !== '' && name !== shown && done < 1) {
      shown = name;
      terminal.err(`${name} …\n`);
    }
  };
};
