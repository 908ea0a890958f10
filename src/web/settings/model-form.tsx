import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useFormat } from '../ui/use-format.ts';
import { isWordKey, useSpeech, type PlainKey } from '../words/words.tsx';
import {
  alternatives,
  emptyOf,
  fits,
  isName,
  isRecord,
  isShare,
  withEntry,
  type Part,
  type Shape,
} from './model-shape.ts';

interface FieldProps {
  readonly shape: Shape;
  readonly part: Part;
  readonly label: string;
  readonly change: (part: Part) => void;
}

/** What a field of a model is called; its own name where nobody has given it words. */
export const useFieldName = (): ((name: string) => string) => {
  const { say } = useSpeech();
  return (name) => {
    const key = `part-of.${name}`;
    return isWordKey(key) ? say(key as PlainKey) : name;
  };
};

/** A form made of a model's own schema: whatever the schema takes can be set, added and removed here. */
export const ModelForm = (props: FieldProps) => {
  const { shape, part } = props;
  if (shape.anyOf !== undefined || shape.oneOf !== undefined) return <Alternatives {...props} />;
  if (shape.enum !== undefined) return <Choice {...props} />;
  if (Array.isArray(part)) return <List {...props} />;
  if (isRecord(part)) return <Fields {...props} />;
  return <Single {...props} />;
};

const Labelled = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <label className="model-field">
    <span>{label}</span>
    {children}
  </label>
);

/** A text or figure as it stands; nothing of what has parts. */
const textOf = (part: Part): string =>
  typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean' ? String(part) : '';

/** One figure, text or yes-or-no. */
const Single = ({ shape, part, label, change }: FieldProps) => {
  if (typeof part === 'boolean')
    return (
      <Checkbox checked={part} onChange={(event) => change(event.target.checked)}>
        {label}
      </Checkbox>
    );
  if (typeof part === 'number') {
    const scale = isShare(shape) ? 100 : 1;
    return (
      <Labelled label={label}>
        <InputNumber
          value={Number((part * scale).toFixed(6))}
          {...(shape.minimum === undefined ? {} : { min: shape.minimum * scale })}
          {...(shape.maximum === undefined ? {} : { max: shape.maximum * scale })}
          {...(shape.type === 'integer' ? { precision: 0 } : {})}
          {...(scale === 100 ? { suffix: '%' } : {})}
          onChange={(value) => {
            if (value !== null) change(Number((value / scale).toFixed(8)));
          }}
        />
      </Labelled>
    );
  }
  if (shape.const !== undefined || part === null) return null;
  return (
    <Labelled label={label}>
      <Input
        value={textOf(part)}
        {...(shape.format === 'date' ? { type: 'date' } : {})}
        onChange={(event) => change(event.target.value)}
      />
    </Labelled>
  );
};

const Choice = ({ shape, part, label, change }: FieldProps) => {
  const nameOf = useFieldName();
  return (
    <Labelled label={label}>
      <Select
        aria-label={label}
        value={part as string | number}
        options={(shape.enum ?? []).map((value) => ({ value, label: nameOf(String(value)) }))}
        onChange={(value) => change(value)}
      />
    </Labelled>
  );
};

/** A part that may have several forms (none, one figure, a list): which, and then that. */
const Alternatives = ({ shape, part, label, change }: FieldProps) => {
  const nameOf = useFieldName();
  const forms = alternatives(shape);
  const at = forms.findIndex((form) => fits(form, part));
  const form = forms[at];
  const isFigures = forms.every(({ type, const: fixed }) => fixed !== undefined && type === 'number');
  const nameOfForm = ({ type, const: fixed }: Shape): string =>
    fixed === undefined ? nameOf(`form-${type ?? 'choice'}`) : nameOf(textOf(fixed as Part));
  return (
    <div className="model-alternatives">
      <Labelled label={label}>
        <Select
          aria-label={label}
          value={at}
          options={forms.map((each, value) => ({
            value,
            label: isFigures ? textOf(each.const as Part) : nameOfForm(each),
          }))}
          onChange={(chosen: number) => change(emptyOf(forms[chosen] ?? {}))}
        />
      </Labelled>
      {form !== undefined && form.type !== 'null' && form.const === undefined && (
        <ModelForm shape={form} part={part} label={label} change={change} />
      )}
    </div>
  );
};

/** Parts by name: those that must be there, those that are, and a choice of the others. */
const Fields = ({ shape, part, label, change }: FieldProps) => {
  const { say } = useSpeech();
  const nameOf = useFieldName();
  if (!isRecord(part)) return null;
  const own = shape.properties ?? {};
  const more = typeof shape.additionalProperties === 'object' ? shape.additionalProperties : undefined;
  const absent = Object.keys(own).filter((name) => !(name in part));
  const fields = Object.entries(part).map(([name, value]) => (
    <div key={name} className="model-part">
      <ModelForm
        shape={own[name] ?? more ?? {}}
        part={value}
        label={isName(shape) ? `${label} · ${nameOf(name)}` : nameOf(name)}
        change={(changed) => change(withEntry(part, name, changed))}
      />
      {shape.required?.includes(name) !== true && (
        <Button
          size="small"
          aria-label={say('models.removeOf', { name: nameOf(name) })}
          onClick={() => change(withEntry(part, name, undefined))}
        >
          {say('models.remove')}
        </Button>
      )}
    </div>
  ));
  if (isName(shape)) return <div className="model-grid">{fields}</div>;
  return (
    <fieldset className="model-fields">
      <legend>{label}</legend>
      <div className="model-grid">{fields}</div>
      {absent.length > 0 && (
        <Select
          aria-label={say('models.addOf', { name: label })}
          placeholder={say('models.add')}
          value={null}
          size="small"
          style={{ minWidth: 180 }}
          options={absent.map((name) => ({ value: name, label: nameOf(name) }))}
          onChange={(name: string | null) => {
            if (name !== null) change(withEntry(part, name, emptyOf(own[name] ?? {})));
          }}
        />
      )}
      {more !== undefined && (
        <Input.Search
          aria-label={say('models.addOf', { name: label })}
          placeholder={say('models.newName')}
          enterButton={say('models.add')}
          size="small"
          style={{ maxWidth: 260 }}
          onSearch={(name) => {
            if (name.trim() !== '') change(withEntry(part, name.trim(), emptyOf(more)));
          }}
        />
      )}
    </fieldset>
  );
};

/** What an entry of a list is called: by its own name or key, else by its number. */
const titleOf = (part: Part, say: (name: Readonly<Record<string, Part>>) => string, i: number): string => {
  if (!isRecord(part)) return String(i + 1);
  if (isRecord(part.name)) return say(part.name);
  const first = Object.values(part).find((value) => typeof value === 'string');
  return `${i + 1} · ${first ?? ''}`;
};

/** Entries one below the other, folded; weekdays are chosen together. */
const List = ({ shape, part, label, change }: FieldProps) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  if (!Array.isArray(part)) return null;
  const entries = part as readonly Part[];
  const items = shape.items ?? {};
  if (items.type === 'integer' && items.maximum === 7)
    return (
      <Labelled label={label}>
        <Select
          mode="multiple"
          aria-label={label}
          value={entries as number[]}
          options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: format.weekday(value) }))}
          onChange={(days: number[]) => change(days.toSorted((a, b) => a - b))}
        />
      </Labelled>
    );
  const isWeek = shape.minItems === 7 && shape.maxItems === 7;
  return (
    <fieldset className="model-fields">
      <legend>{label}</legend>
      {entries.map((entry, i) => {
        const title = isWeek
          ? format.weekday(i + 1)
          : titleOf(entry, (name) => textOf(name[language] ?? ''), i);
        const field = (
          <ModelForm
            shape={items}
            part={entry}
            label={title}
            change={(changed) => change(entries.with(i, changed))}
          />
        );
        return (
          <div key={i} className="model-entry">
            {isRecord(entry) && !isWeek ? (
              <details>
                <summary>{title}</summary>
                {field}
              </details>
            ) : (
              field
            )}
            {!isWeek && (
              <Button
                size="small"
                aria-label={say('models.removeOf', { name: title })}
                onClick={() => change(entries.filter((_, at) => at !== i))}
              >
                {say('models.remove')}
              </Button>
            )}
          </div>
        );
      })}
      {!isWeek && (
        <Button
          size="small"
          aria-label={say('models.addOf', { name: label })}
          onClick={() => change([...entries, emptyOf(items)])}
        >
          {say('models.add')}
        </Button>
      )}
    </fieldset>
  );
};
