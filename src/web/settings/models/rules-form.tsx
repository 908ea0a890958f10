import { Select } from 'antd';
import { labourRuleSchema } from '../../../contract/models/labour-rules-model.ts';
import { inLanguage, type Text } from '../../../kernel/text.ts';
import { useSpeech } from '../../words/words.tsx';
import { useFieldWords } from '../fields/choices.ts';
import { alternatives, emptyOf, isRecord, textOf, type Part } from '../fields/model-shape.ts';
import { EntriesForm } from '../fields/entries-form.tsx';
import { FieldsOf, ListForm } from '../fields/part-form.tsx';
import type { Place } from '../fields/place.ts';

/** Profiles of labour rules: each rule says itself by its numbers; further ones are added by kind. */
export const RulesForm = ({ place }: { readonly place: Place | undefined }) => {
  const { say, language } = useSpeech();
  if (place === undefined) return null;
  const profiles = place.at('profiles');
  const [first] = Array.isArray(profiles.part) ? (profiles.part as readonly Part[]) : [];
  const titleOf = (profile: Part): string => {
    const name = isRecord(profile) ? inLanguage(profile.name as Text, language) : '';
    return profile === first ? `${name} · ${say('settings.rulesInUse')}` : name;
  };
  return (
    <EntriesForm
      place={profiles}
      label={say('settings.rules')}
      titleOf={(profile) => titleOf(profile)}
      fields={(profile) => (
        <>
          <FieldsOf place={profile} hidden={['profile', 'rules']} />
          <RulesOf place={profile.at('rules')} />
        </>
      )}
    />
  );
};

const RulesOf = ({ place }: { readonly place: Place }) => {
  const { say, tell } = useSpeech();
  const { nameOf } = useFieldWords();
  const kinds = alternatives(place.shape.items ?? {});
  const kindOf = (kind: (typeof kinds)[number]): string => String(kind.properties?.rule?.const);
  const titleOf = (entry: Part): string => {
    const { data: rule } = labourRuleSchema.safeParse(entry);
    if (rule !== undefined) return tell({ code: 'labour-rule', values: { rule } });
    return isRecord(entry) ? nameOf(textOf(entry.rule), 'rule') : '';
  };
  return (
    <ListForm
      place={place}
      label={nameOf('rules', 'profiles')}
      titleOf={titleOf}
      adding={(add) => (
        <Select
          aria-label={say('settings.addRule')}
          placeholder={say('settings.addRule')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 300, maxWidth: '100%' }}
          options={kinds.map((kind) => ({ value: kindOf(kind), label: nameOf(kindOf(kind), 'rule') }))}
          onChange={(chosen: string | null) => {
            const kind = kinds.find((each) => kindOf(each) === chosen);
            if (kind !== undefined) add({ ...(emptyOf(kind) as object), price: 'hard' });
          }}
        />
      )}
    />
  );
};
