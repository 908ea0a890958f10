import { PlainTable } from '../../ui/plain-table.tsx';
import { useSpeech } from '../../words/words.tsx';
import type { EditedModels } from '../use-models.ts';
import { servedBy, type Line } from './queue-parts.ts';
import { NumberInput } from '../../ui/number-input.tsx';

/** Which tier answers which queue, as its so-manieth choice. */
export const ServedTable = ({ models, line }: { readonly models: EditedModels; readonly line: Line }) => {
  const { say, tell } = useSpeech();
  const { tiers } = line.tiers;
  return (
    <>
      <h3>{say('queues.served')}</h3>
      <p className="note">{say('queues.servedNote')}</p>
      <PlainTable
        label={say('queues.served')}
        rows={line.hotline.queues}
        keyOf={(_, i) => String(i)}
        columns={[
          {
            key: 'queue',
            head: say('settings.queues'),
            cell: ({ queue, name }) => (
              <>
                {tell(name)}
                {!tiers.some((tier) => tier.queues.some((route) => route.queue === queue)) && (
                  <span role="alert" className="setting-note wrong">
                    {' '}
                    {say('queues.nobody')}
                  </span>
                )}
              </>
            ),
          },
          ...tiers.map((tier, at) => ({
            key: tier.tier,
            head: tell(tier.name),
            cell: ({ queue, name }: Line['hotline']['queues'][number]) => {
              const route = tier.queues.findIndex((each) => each.queue === queue);
              const wrong = models.wrong('tiers', `tiers.${at}.queues.${route}.preference`);
              return (
                <NumberInput
                  aria-label={say('queues.servedBy', { queue: tell(name), tier: tell(tier.name) })}
                  value={tier.queues[route]?.preference ?? null}
                  style={{ width: 72 }}
                  {...(wrong === undefined ? {} : { status: 'error' as const, title: wrong })}
                  onChange={(preference) =>
                    models.edit('tiers', servedBy(line.tiers, at, queue, preference), `served.${at}.${queue}`)
                  }
                />
              );
            },
          })),
        ]}
      />
      {tiers.map((tier, at) => {
        const wrong = models.wrong('tiers', `tiers.${at}.queues`);
        return wrong === undefined ? null : (
          <p key={tier.tier} role="alert" className="setting-note wrong">
            {tell(tier.name)}: {wrong}
          </p>
        );
      })}
    </>
  );
};
