import type { PublicationDocument } from '../contract/documents/roster-document.ts';
import type { PublishRequest } from '../contract/http/roster-requests.ts';
import { BadInputError, UsageError } from '../kernel/errors.ts';
import type { Ports } from './ports.ts';
import { findRoster, keepChange, refuseChanged, refuseHardBreaks, changeNote } from './roster/open-roster.ts';
import { rosterFinding, rosterProblem } from './roster/roster-findings.ts';
import { plansBehind, publishedIn } from './roster/roster-inputs.ts';

/**
 * Publishes a draft: from then on it changes only change by change. Days that a published roster has are refused
 * (`BadInputError`) unless a reason is given to supersede it, and one that breaks hard rules as a change that does is. The
 * answer says which of its plans nobody agreed to or are not up to date.
 */
export const publishRoster = async (
  ports: Pick<Ports, 'store' | 'models' | 'nowMillis' | 'finishing'>,
  request: PublishRequest,
): Promise<PublicationDocument> => {
  const { store } = ports;
  const draft = (await store.rosters()).find(({ publishedAt }) => publishedAt === null);
  const id = request.roster ?? draft?.id;
  if (id === undefined) throw new UsageError(rosterFinding('no-draft-to-publish'));
  const document = await findRoster(ports, { id });
  await refuseChanged(ports, document, request.revision);
  const others = publishedIn(await store.rosters(), document.from, document.to).filter(
    (one) => one.id !== id,
  );
  if (others.length > 0 && request.supersede === undefined)
    throw new BadInputError(
      others.map((one) =>
        rosterProblem('roster', 'published-already', one.id, { from: one.from, to: one.to }),
      ),
    );
  const why = request.why ?? request.supersede;
  if (document.publishedAt === null)
    refuseHardBreaks({ document }, document.broken, { ...request, why }, 'publish-breaks-rules');
  const notices = await plansBehind(ports, document);
  const publishedAt = document.publishedAt ?? new Date(ports.nowMillis).toISOString();
  ports.finishing?.();
  if (document.publishedAt === null)
    await keepChange(
      ports,
      { ...document, publishedAt },
      { at: publishedAt, roster: id, ...changeNote({ why, by: request.by }), moves: [] },
    );
  return {
    document: 'roster-published',
    version: 1,
    roster: id,
    from: document.from,
    to: document.to,
    publishedAt,
    superseded: others.map((one) => one.id),
    notices,
  };
};
