import { explainDatabaseError } from './database-problems.ts';

/** The same functions, with errors of the database told in the user's words. */
export const explained = <Part extends object>(place: string, part: Part): Part =>
  Object.fromEntries(
    Object.entries(part).map(([name, member]) => [
      name,
      typeof member !== 'function'
        ? member
        : async (...given: unknown[]): Promise<unknown> => {
            try {
              return await (member as (...given: unknown[]) => Promise<unknown>)(...given);
            } catch (error) {
              throw explainDatabaseError(error, place);
            }
          },
    ]),
  ) as Part;
