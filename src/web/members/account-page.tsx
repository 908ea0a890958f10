import { Alert, Button, Form, Input } from 'antd';
import type { CallerDocument } from '../../contract/http/account-endpoints.ts';
import { memberWords } from '../../words/door-words.ts';
import { callApi } from '../api/call-api.ts';
import { useAnswer } from '../api/use-load.ts';
import type { PageProps } from '../api/page-access.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { changePlace } from '../ui/use-place.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { TokensPanel } from './tokens-panel.tsx';
import { useChange } from '../ui/change.tsx';

addWords(memberWords);

/** Everybody's own: password, browsers, programs. */
export const AccountPage = ({ params }: PageProps) => {
  const { say } = useSpeech();
  const [caller, retry] = useAnswer('caller');
  return (
    <>
      <h1>{say('nav.account')}</h1>
      <LoadedView loaded={caller} retry={retry}>
        {({ user, name, provider }) => (
          <>
            <p>
              {name} <span className="note">{user}</span>
            </p>
            <PasswordPanel user={user ?? ''} isChanged={params.get('changed') === 'password'} />
            {provider !== null && <ProviderPanel provider={provider} params={params} />}
            <SessionsPanel />
            <TokensPanel user={user ?? ''} />
          </>
        )}
      </LoadedView>
    </>
  );
};

interface Passwords {
  readonly old: string;
  readonly new: string;
}

const PasswordPanel = ({ user, isChanged }: { readonly user: string; readonly isChanged: boolean }) => {
  const { say } = useSpeech();
  const { busy, problem, send } = useChange();
  // The session goes on under another name, which only a page that is opened again knows.
  const change = async (body: Passwords): Promise<void> => {
    if (!(await send(() => callApi('changePassword', { body })))) return;
    changePlace({ changed: 'password' });
    window.location.reload();
  };
  return (
    <Panel title={say('account.password')} note={say('account.passwordNote')}>
      {isChanged && problem === undefined && (
        <Alert type="success" showIcon role="status" title={say('account.changed')} />
      )}
      {problem !== undefined && <ProblemView problem={problem} />}
      <Form<Passwords>
        layout="vertical"
        requiredMark={false}
        onFinish={(body) => void change(body)}
        className="narrow"
      >
        <input type="text" autoComplete="username" defaultValue={user} hidden readOnly />
        <Form.Item name="old" label={say('account.old')} rules={[{ required: true, message: '' }]}>
          <Input.Password autoComplete="current-password" maxLength={1024} />
        </Form.Item>
        <Form.Item
          name="new"
          label={say('account.new')}
          extra={say('account.newNote')}
          rules={[{ required: true, message: '' }]}
        >
          <Input.Password autoComplete="new-password" maxLength={1024} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {say('account.password')}
        </Button>
      </Form>
    </Panel>
  );
};

const refusals = ['openid-refused', 'openid-away', 'openid-unknown'] as const;

/** Ties the account to who one is at the provider: the password here, and a sign-in there. */
const ProviderPanel = ({
  provider: { name, tied },
  params,
}: Pick<PageProps, 'params'> & { readonly provider: NonNullable<CallerDocument['provider']> }) => {
  const { say } = useSpeech();
  const { busy, problem, send } = useChange();
  const refused = refusals.find((each) => each === params.get('refused'));
  const goThere = (body: { readonly password: string }): void =>
    void send(async () => window.location.assign((await callApi('tieProvider', { body })).address));
  return (
    <Panel title={say('account.provider', { name })} note={say(tied ? 'account.isTied' : 'account.notTied')}>
      {problem === undefined && params.get('changed') === 'provider' && (
        <Alert type="success" showIcon role="status" title={say('account.tied')} />
      )}
      {problem === undefined && refused !== undefined && (
        <Alert type="error" showIcon role="alert" title={say(`account.${refused}`)} />
      )}
      {problem !== undefined && <ProblemView problem={problem} />}
      <Form<{ password: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={goThere}
        className="narrow"
      >
        <Form.Item name="password" label={say('account.old')} rules={[{ required: true, message: '' }]}>
          <Input.Password autoComplete="current-password" maxLength={1024} />
        </Form.Item>
        <Button htmlType="submit" loading={busy}>
          {say(tied ? 'account.tieAgain' : 'account.tie')}
        </Button>
      </Form>
    </Panel>
  );
};

const SessionsPanel = () => {
  const { say, format } = useSpeech();
  const [sessions, reload] = useAnswer('sessions');
  const { problem, send } = useChange();
  const end = (session: string): void =>
    void send(async () => {
      await callApi('endSession', { params: { session } });
      reload();
    });
  return (
    <Panel title={say('account.sessions')}>
      {problem !== undefined && <ProblemView problem={problem} />}
      <LoadedView loaded={sessions} retry={reload}>
        {(rows) => (
          <PlainTable
            stacks
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              [say('account.begun'), 'text', ({ createdAt }) => format.instant(createdAt)],
              [say('account.seen'), 'text', ({ seenAt }) => format.instant(seenAt)],
              [say('account.ends'), 'text', ({ endsAt }) => format.instant(endsAt)],
              [
                say('members.acts'),
                'text',
                ({ id, current }) =>
                  current ? (
                    say('account.this')
                  ) : (
                    <Button size="small" onClick={() => end(id)}>
                      {say('account.end')}
                    </Button>
                  ),
              ],
            ]}
          />
        )}
      </LoadedView>
    </Panel>
  );
};
