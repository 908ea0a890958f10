import { Alert, Button, ConfigProvider, Segmented } from 'antd';
import { antLocales } from './words/ant-locales.ts';
import { useEffect, useMemo, type ReactNode } from 'react';
import { leaveLine, lineHref, pageLine } from './api/api-address.ts';
import { callApi, token } from './api/call-api.ts';
import { may, pageAccess } from './api/page-access.ts';
import { loadEarly, useLoad } from './api/use-load.ts';
import { antTheme } from './theme.ts';
import { MadeUpBanner } from './ui/made-up-banner.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { LoadedView, Waiting } from './ui/states.tsx';
import { useFocusKept } from './ui/use-focus-kept.ts';
import { chooseTheme, themeChoices, useDark, useThemeChoice } from './ui/use-theme.ts';
import { pages, placeHref, placeOf, useAsked, usePlace, type Page } from './ui/use-place.ts';
import type { EndpointName } from '../contract/http/endpoints.ts';
import { languages } from '../kernel/text.ts';
import { firstWords } from '../words/page/first-words.ts';
import type { PageProps } from './page-props.ts';
import { fetchPlan } from './plan/plan-shown.ts';
import { SpeechProvider, useSpeech } from './words/words.tsx';
import { later, type Later } from './ui/later.tsx';

const pageViews: Readonly<Record<Page, Later<PageProps>>> = {
  lines: later(async () => (await import('./lines/lines-page.tsx')).LinesPage, <Waiting />),
  plan: later(async () => (await import('./plan/plan-page.tsx')).PlanPage, <Waiting />),
  roster: later(async () => (await import('./roster/roster-page.tsx')).RosterPage, <Waiting />),
  divert: later(async () => (await import('./divert/divert-page.tsx')).DivertPage, <Waiting />),
  compare: later(async () => (await import('./compare/compare-page.tsx')).ComparePage, <Waiting />),
  rank: later(async () => (await import('./rank/rank-page.tsx')).RankPage, <Waiting />),
  data: later(async () => (await import('./data/data-page.tsx')).DataPage, <Waiting />),
  settings: later(async () => (await import('./settings/settings-page.tsx')).SettingsPage, <Waiting />),
  members: later(async () => (await import('./members/members-page.tsx')).MembersPage, <Waiting />),
  account: later(async () => (await import('./members/account-page.tsx')).AccountPage, <Waiting />),
};

const LineSwitch = later(async () => (await import('./lines/line-switch.tsx')).LineSwitch);
const LeaveDialog = later(async () => (await import('./ui/leave-dialog.tsx')).LeaveDialog);
const DoorPage = later(async () => (await import('./door/door-page.tsx')).DoorPage, <Waiting />);

const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

/** What whoever looks must be able to use for a page to be of any use to them. */
const needs: Readonly<Record<Page, EndpointName>> = {
  lines: 'plans',
  plan: 'plan',
  roster: 'roster',
  divert: 'planWorld',
  compare: 'makeComparison',
  rank: 'rank',
  data: 'ingestFile',
  settings: 'putModels',
  members: 'members',
  account: 'changePassword',
};

const isSignedIn = (): boolean => token() !== '' && pageAccess() !== 'local';

/** Pages about accounts are of no use where nobody signs in. */
const isInSight = (page: Page, lines: number): boolean =>
  may(needs[page]) &&
  (page !== 'lines' || lines > 1) &&
  (isSignedIn() || (page !== 'members' && page !== 'account'));

const pagesInSight = (lines: number): readonly Page[] => pages.filter((page) => isInSight(page, lines));

/** Whatever the server says, what stands on the page goes. */
const signOut = (): Promise<void> =>
  callApi('signOut', { body: {} }).then(
    () => window.location.reload(),
    () => window.location.reload(),
  );

/** What stands around a page of a hotline: its name, and how many hotlines the server has. */
interface Around {
  readonly page: Page;
  readonly hotline?: string | undefined;
  readonly lines?: number;
}

const Header = ({ page, hotline = '', lines = 0 }: Around) => {
  const { say, language, setLanguage } = useSpeech();
  const theme = useThemeChoice();
  return (
    <header className={isSignedIn() ? 'signed-in' : undefined}>
      <a className="brand" href={placeHref('plan')}>
        {firstWords['language.brand']['zh-CN']} <span>{firstWords['language.brand'].en}</span>
      </a>
      {lines > 1 ? (
        <LineSwitch hotline={hotline} />
      ) : (
        <span className="hotline" title={hotline}>
          {hotline}
        </span>
      )}
      <nav aria-label={say('nav.label')}>
        {pagesInSight(lines)
          .filter((each) => each !== 'account')
          .map((each) => (
            <a key={each} href={placeHref(each)} aria-current={each === page ? 'page' : undefined}>
              {say(`nav.${each}`)}
            </a>
          ))}
      </nav>
      <span className="switches">
        {isSignedIn() && (
          <>
            <Button size="small" href={placeHref('account')}>
              {say('nav.account')}
            </Button>
            <Button size="small" onClick={() => void signOut()}>
              {say('access.signOut')}
            </Button>
          </>
        )}
        <Segmented
          aria-label={say('nav.theme')}
          size="small"
          value={theme}
          options={themeChoices.map((each) => ({ value: each, label: say(`theme.${each}`) }))}
          onChange={chooseTheme}
        />
        <Segmented
          aria-label={say('nav.language')}
          size="small"
          value={language}
          options={languages.map((each) => ({ value: each, label: firstWords['language.name'][each] }))}
          onChange={setLanguage}
        />
      </span>
    </header>
  );
};

/** What stands around every page. */
const Frame = ({ children, ...around }: Around & { readonly children: ReactNode }) => {
  const { say, language } = useSpeech();
  const isDark = useDark();
  useFocusKept();
  const isAsked = useAsked();
  const theme = useMemo(() => antTheme(isDark), [isDark]);
  return (
    <ConfigProvider
      theme={theme}
      locale={antLocales[language]}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
    >
      <a className="skip" href="#main" onClick={skipToMain}>
        {say('nav.skip')}
      </a>
      <Header {...around} />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {isAsked && <LeaveDialog />}
      <footer>{say(pageAccess() === 'local' ? 'app.footer' : 'app.footerServer')}</footer>
    </ConfigProvider>
  );
};

const Content = () => {
  const { say, tell } = useSpeech();
  const { page: asked, params } = usePlace();
  const [workspace, reload] = useLoad('workspace', (signal) => callApi('workspace', { signal }));
  const lines = workspace.state === 'ready' ? workspace.value.lines : 0;
  const inSight = pagesInSight(lines);
  // A bureau begins with all of its lines.
  const wanted = window.location.hash === '' && pageAccess() === 'bureau' ? 'lines' : asked;
  const page = inSight.includes(wanted) ? wanted : (inSight.find((each) => each !== 'lines') ?? wanted);
  const isGone = workspace.state === 'failed' && workspace.problem.status === 404 && pageLine() !== null;
  useEffect(() => {
    if (isGone) leaveLine();
  }, [isGone]);
  const isReady = workspace.state === 'ready';
  useEffect(() => {
    if (!isReady) return undefined;
    // One that does not come is asked for again where it is opened.
    const timer = setTimeout(() => void fetchOtherPages(lines).catch(() => undefined), restMillis);
    return () => clearTimeout(timer);
  }, [isReady, lines]);
  const PageView = pageViews[page];
  return (
    <Frame
      page={page}
      hotline={workspace.state === 'ready' ? tell(workspace.value.hotline.name) : undefined}
      lines={lines}
    >
      <LoadedView loaded={workspace} retry={reload}>
        {(value) => (
          <>
            {value.movedTo !== null && (
              <Alert banner type="error" showIcon title={say('app.moved', { place: value.movedTo })} />
            )}
            {value.maintenance !== null && (
              <Alert banner title={say('app.maintenance', { why: value.maintenance.message ?? '' })} />
            )}
            {value.madeUp && <MadeUpBanner page={page} />}
            <ErrorBoundary place={page} whenBroken={<BrokenPage />}>
              <PageView workspace={value} params={params} reload={reload} />
            </ErrorBoundary>
          </>
        )}
      </LoadedView>
    </Frame>
  );
};

/** Who must come in first: by signing in, as whoever sees the terminal, or by a one-time address. */
const Door = () => {
  const { page } = usePlace();
  return (
    <Frame page={page}>
      <DoorPage access={pageAccess()} />
    </Frame>
  );
};

/** Without a role on this line: on to one where there is one, if there is any. */
const ElsewhereOrDoor = () => {
  const [loaded] = useLoad('line-names', (signal) =>
    callApi('lines', { query: { figures: 'false' }, signal }),
  );
  const [first] = loaded.state === 'ready' ? loaded.value.lines : [];
  useEffect(() => {
    if (first !== undefined) window.location.replace(lineHref(first.line, window.location.hash));
  }, [first]);
  return loaded.state === 'loading' || first !== undefined ? null : <Door />;
};

const First = () => {
  const access = pageAccess();
  if (access === 'no-role') return <ElsewhereOrDoor />;
  if (access === 'sign-in' || access === 'set-up') return <Door />;
  return token() === '' ? <Door /> : <Content />;
};

const BrokenPage = () => {
  const { say } = useSpeech();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={say('state.broken')}
      description={say('state.brokenWords')}
      action={<Button onClick={() => window.location.reload()}>{say('state.reload')}</Button>}
    />
  );
};

// The address's hash names the page, so the link must not change it.
const skipToMain = (event: { preventDefault: () => void }): void => {
  event.preventDefault();
  document.getElementById('main')?.focus();
};

/** Fetches what the address shows before anything is drawn: it then stands there at once. */
export const fetchAhead = async (): Promise<void> => {
  if (token() === '') return;
  const { page, params } = placeOf(window.location.hash);
  const view = pageViews[page].ahead();
  const workspace = await loadEarly('workspace', () => callApi('workspace'));
  if (page === 'plan') await fetchPlan({ workspace, params });
  await view;
};

const restMillis = 1000;

/** Fetches the code of the other pages once the first has come to rest: they then open at once. */
const fetchOtherPages = async (lines: number): Promise<void> => {
  for (const page of pagesInSight(lines)) await pageViews[page].ahead();
};

/** The web app: header, one page per journey, and the data page. */
export const App = () => (
  <SpeechProvider>
    <First />
  </SpeechProvider>
);
