import { messageOf, remedyOf } from './said.ts';
import { expect } from 'vitest';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';

/** The problems for which some work was refused; each must speak both languages. */
export const problemsOf = async (work: Promise<unknown>): Promise<readonly Problem[]> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof BadInputError)) expect(thrown).toBeInstanceOf(BadInputError);
  const { problems } = thrown as BadInputError;
  for (const problem of problems) {
    const [message, remedy] = [messageOf(problem), remedyOf(problem)];
    expect(message['zh-CN'] + remedy['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
    expect(message.en + remedy.en).toMatch(/^[\x20-\x7e]+$/);
  }
  return problems;
};
