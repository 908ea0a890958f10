import { type TokenScope, tokenScopes } from '../../contract/access/roles.ts';
import { Alert, Button, Form, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ApiTokenDocument } from '../../contract/http/account-endpoints.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useAnswer } from '../api/use-load.ts';
import { ConfirmButton, useChange } from '../ui/change.tsx';
import { NumberInput } from '../ui/number-input.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

interface NewToken {
  readonly name: string;
  readonly scope: TokenScope;
  readonly days: number;
}

const NewTokenForm = ({
  make,
  busy,
}: {
  readonly make: (wanted: NewToken) => void;
  readonly busy: boolean;
}) => {
  const { say } = useSpeech();
  return (
    <Form<NewToken>
      layout="inline"
      requiredMark={false}
      initialValues={{ scope: 'read', days: 90 }}
      onFinish={make}
    >
      <Form.Item name="name" label={say('account.program')} rules={[{ required: true, message: '' }]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="scope" label={say('account.scope')}>
        <Select
          style={{ minWidth: 140 }}
          options={tokenScopes.map((value) => ({ value, label: say(`account.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="days" label={say('account.days')}>
        <NumberInput min={1} max={366} precision={0} />
      </Form.Item>
      <Button htmlType="submit" loading={busy}>
        {say('account.makeToken')}
      </Button>
    </Form>
  );
};

/** Programs' tokens: of `user` alone, who may make some, or of everybody on the hotline. */
export const TokensPanel = ({ user }: { readonly user?: string }) => {
  const { say } = useSpeech();
  const [tokens, reload] = useAnswer('tokens');
  const { busy, problem, send } = useChange();
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string }>();
  const make = (wanted: NewToken): void =>
    void send(async () => {
      const { token, secret } = await callApi('addToken', { body: wanted });
      setMade({ name: token.name, secret });
      reload();
    });
  const remove = (token: string): void =>
    void send(async () => {
      await callApi('removeToken', { params: { token } });
      reload();
    });
  return (
    <Panel
      title={say('members.tokens')}
      note={say(user === undefined ? 'members.allTokensNote' : 'account.tokensNote')}
    >
      {problem !== undefined && <ProblemView problem={problem} />}
      {made !== undefined && (
        <ShownOnce
          title={say('account.token', { name: made.name })}
          secret={made.secret}
          close={() => setMade(undefined)}
        />
      )}
      {user !== undefined && may('addToken') && <NewTokenForm make={make} busy={busy} />}
      <LoadedView loaded={tokens} retry={reload}>
        {(all) => (
          <TokenRows
            tokens={all.filter((token) => user === undefined || token.user === user)}
            showsOwner={user === undefined}
            remove={remove}
          />
        )}
      </LoadedView>
    </Panel>
  );
};

const TokenRows = ({
  tokens,
  showsOwner,
  remove,
}: {
  readonly tokens: readonly ApiTokenDocument[];
  readonly showsOwner: boolean;
  readonly remove: (id: string) => void;
}) => {
  const { say, format } = useSpeech();
  if (tokens.length === 0) return <p className="note">{say('account.noTokens')}</p>;
  return (
    <PlainTable
      stacks
      rows={tokens}
      keyOf={({ id }) => id}
      columns={[
        [say('account.program'), 'text', ({ name }) => name],
        showsOwner && [say('members.user'), 'text', (each) => each.user],
        [say('account.scope'), 'text', ({ scope }) => say(`account.${scope}`)],
        [say('account.goodUntil'), 'text', ({ endsAt }) => format.instant(endsAt)],
        [
          say('account.lastUsed'),
          'text',
          ({ usedAt }) => (usedAt === null ? say('account.never') : format.instant(usedAt)),
        ],
        [
          say('members.acts'),
          'text',
          ({ id, name }) => (
            <ConfirmButton
              label={say('account.takeBack')}
              question={say('account.takeBackSure', { name })}
              act={() => remove(id)}
            />
          ),
        ],
      ]}
    />
  );
};

/** A secret that is shown this once: until it is closed, or the page is left. */
export const ShownOnce = ({
  title,
  secret,
  note,
  close,
}: {
  readonly title: string;
  readonly secret: string;
  readonly note?: ReactNode;
  readonly close: () => void;
}) => {
  const { say } = useSpeech();
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={title}
      description={
        <>
          <p>
            <code className="secret">{secret}</code>
          </p>
          {note !== undefined && <p>{note}</p>}
        </>
      }
      action={
        <Button size="small" onClick={close}>
          {say('state.yes')}
        </Button>
      }
    />
  );
};
