import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { rateSpan, rosterFigures } from '../../render/roster-comparison.ts';
import { saidCycle } from '../../words/rostering.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { LoadedView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** Rosters that are set beside one another at most, the latest first. */
const mostCompared = 8;

/** The rosters of the same days side by side: free, or in teams on a rotation. */
export const CompareView = ({ document: { id, from, to } }: { readonly document: RosterDocument }) => {
  const { say, language, format } = useSpeech();
  const [loaded, retry] = useLoad(`rosters ${from} ${to} ${id}`, async (signal) => {
    const all = await callApi('rosters', { signal });
    const same = all.filter((one) => one.from === from && one.to === to).slice(0, mostCompared);
    const rosters = await Promise.all(
      same.map((one) => callApi('roster', { params: { roster: one.id }, signal })),
    );
    return rosters.map(rosterFigures);
  });
  return (
    <Panel title={say('roster.view.compare')} note={say('roster.compareNote')}>
      <LoadedView loaded={loaded} retry={retry}>
        {(rosters) => (
          <PlainTable
            rows={rosters}
            keyOf={(one) => one.id}
            columns={[
              [
                say('roster.cycle'),
                'text',
                ({ cycle }) => (cycle === null ? say('roster.free') : inLanguage(saidCycle(cycle), language)),
              ],
              [
                say('roster.madeAt'),
                'text',
                (one) => (
                  <a
                    href={placeHref('roster', { roster: one.id })}
                    aria-current={one.id === id ? 'true' : undefined}
                  >
                    {format.instant(one.createdAt)} ·{' '}
                    {say(one.publishedAt === null ? 'roster.draft' : 'roster.published')}
                  </a>
                ),
              ],
              [
                say('roster.quality'),
                'number',
                ({ cost }) => {
                  const least = Math.min(...rosters.map((one) => one.cost));
                  return cost <= least + 1e-9
                    ? say('roster.bestOfThese')
                    : say('roster.worseBy', {
                        share: format.percent((cost - least) / Math.max(least, 1), 0),
                      });
                },
                { sortBy: ({ cost }) => cost },
              ],
              [say('roster.openHours'), 'number', ({ openHours }) => openHours, { sorts: true }],
              [say('roster.hardBroken'), 'number:0', ({ hardBroken }) => hardBroken],
              [
                say('roster.unfair'),
                'number:0',
                ({ unfair }) => unfair,
                { sortBy: ({ unfairCost }) => unfairCost },
              ],
              [say('roster.mostNights'), 'number:0', ({ mostNights }) => mostNights],
              [say('roster.mostWeekends'), 'number:0', ({ mostWeekends }) => mostWeekends],
              [say('roster.rates'), 'number', ({ rates }) => rateSpan(rates, language)],
              [
                say('roster.inTeams'),
                'number',
                ({ inTeams, people }) => say('roster.ofAll', { n: inTeams, all: people }),
              ],
            ]}
          />
        )}
      </LoadedView>
    </Panel>
  );
};
