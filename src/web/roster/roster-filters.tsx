import { Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { useSpeech } from '../words/words.tsx';

export interface RosterFilter {
  /** Empty: all. */
  readonly tier: string;
  readonly team: string;
  /** Part of a name or number. */
  readonly text: string;
}

/** The people whom the filter leaves, by number. */
export const useShownPeople = ({
  people,
}: RosterDocument): readonly [readonly number[], RosterFilter, (filter: RosterFilter) => void] => {
  const [filter, setFilter] = useState<RosterFilter>({ tier: '', team: '', text: '' });
  const shown = useMemo(() => {
    const text = filter.text.trim().toLowerCase();
    return people.flatMap(({ operator, name = '', tier, team }, at) =>
      (filter.tier === '' || tier === filter.tier) &&
      (filter.team === '' || team === filter.team) &&
      `${operator} ${name}`.toLowerCase().includes(text)
        ? [at]
        : [],
    );
  }, [people, filter]);
  return [shown, filter, setFilter];
};

export const RosterFilters = ({
  document,
  filter,
  change,
  shown,
}: {
  readonly document: RosterDocument;
  readonly filter: RosterFilter;
  readonly change: (filter: RosterFilter) => void;
  readonly shown: number;
}) => {
  const { say, language } = useSpeech();
  const teams = [...new Set(document.people.flatMap(({ team }) => (team === null ? [] : [team])))].sort();
  return (
    <div className="row roster-filters no-print">
      <Input.Search
        aria-label={say('roster.search')}
        placeholder={say('roster.search')}
        allowClear
        value={filter.text}
        style={{ width: 170 }}
        onChange={({ target }) => change({ ...filter, text: target.value })}
      />
      <Select
        aria-label={say('roster.tier')}
        value={filter.tier}
        style={{ minWidth: 150 }}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: say('roster.allTiers') },
          ...document.tiers.map(({ tier, name }) => ({ value: tier, label: inLanguage(name, language) })),
        ]}
        onChange={(tier: string) => change({ ...filter, tier })}
      />
      {teams.length > 0 && (
        <Select
          aria-label={say('roster.team')}
          value={filter.team}
          style={{ minWidth: 120 }}
          options={[
            { value: '', label: say('roster.allTeams') },
            ...teams.map((team) => ({ value: team, label: team })),
          ]}
          onChange={(team: string) => change({ ...filter, team })}
        />
      )}
      <span className="note">{say('roster.shown', { n: shown, all: document.people.length })}</span>
      <ShiftLegend document={document} />
    </div>
  );
};

/** What the letters mean. */
const ShiftLegend = ({ document }: { readonly document: RosterDocument }) => {
  const { language } = useSpeech();
  return (
    <span className="shift-legend">
      {document.shifts.map(({ shift, letter, name, night }, at) => (
        <span key={shift}>
          <span className={`duty s${at % 6} ${night ? 'night' : ''}`}>{inLanguage(letter, language)}</span>{' '}
          {inLanguage(name, language)}
        </span>
      ))}
    </span>
  );
};
