/** The console: sign-in, or the frame with the page that the address names. */
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect } from 'react'
import { SessionProvider, useSession } from './api/session.tsx'
import { Frame } from './frame/frame.tsx'
import { CorridorPage } from './pages/corridor/corridor-page.tsx'
import { GrouperPage } from './pages/grouper/grouper-page.tsx'
import { BlockPage } from './pages/ledger/block-page.tsx'
import { LedgerPage } from './pages/ledger/ledger-page.tsx'
import { MappingsPage } from './pages/mappings/mappings-page.tsx'
import { MapsPage } from './pages/maps/maps-page.tsx'
import { MembersPage } from './pages/members/members-page.tsx'
import { QualityPage } from './pages/quality/quality-page.tsx'
import { QuarantineItemPage } from './pages/quarantine/quarantine-item-page.tsx'
import { QuarantinePage } from './pages/quarantine/quarantine-page.tsx'
import { RecordPage } from './pages/record/record-page.tsx'
import { RecordsPage } from './pages/records/records-page.tsx'
import { SignInPage } from './pages/sign-in/sign-in-page.tsx'
import { StandardPage } from './pages/standards/standard-page.tsx'
import { StandardsPage } from './pages/standards/standards-page.tsx'
import { TerminologyPage } from './pages/terminology/terminology-page.tsx'
import { UsersPage } from './pages/users/users-page.tsx'
import { ValidatorsPage } from './pages/validators/validators-page.tsx'
import { VotesPage } from './pages/votes/votes-page.tsx'
import { pagesOf, type Route } from './route/route.ts'
import { useRoute } from './route/use-route.ts'
import { theme } from './theme/theme.ts'
import { useWords, WordsProvider } from './words/words.tsx'

/** The whole console. */
export function Console() {
  return (
    <WordsProvider>
      <Themed />
    </WordsProvider>
  )
}

function Themed() {
  const { language } = useWords()
  return (
    <ConfigProvider
      theme={theme}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <AntApp component={false}>
        <SessionProvider>
          <SignedInOrNot />
        </SessionProvider>
      </AntApp>
    </ConfigProvider>
  )
}

function SignedInOrNot() {
  const { session } = useSession()
  const { t } = useWords()
  const asked = useRoute()
  const isAllowed = session === undefined || pagesOf(session.person.role).includes(asked.page)
  const route: Route = isAllowed ? asked : { page: 'corridor', rest: [], query: {} }
  useEffect(() => {
    document.title = `${session === undefined ? t('sign-in.title') : t(`page.${route.page}`)} · 子午 Meridian`
  }, [session, route.page, t])
  if (session === undefined) return <SignInPage />
  return (
    <Frame present={route.page}>
      <Page route={route} />
    </Frame>
  )
}

function Page({ route }: { route: Route }) {
  const [first, second] = route.rest
  switch (route.page) {
    case 'corridor':
      return <CorridorPage />
    case 'records':
      if (first === undefined || second === undefined) return <RecordsPage query={route.query} />
      return <RecordPage key={`${first}/${second}`} type={first} id={second} version={route.query.version} />
    case 'quarantine':
      return first === undefined ? (
        <QuarantinePage query={route.query} />
      ) : (
        <QuarantineItemPage key={first} id={first} />
      )
    case 'mappings':
      return <MappingsPage />
    case 'terminology':
      return <TerminologyPage query={route.query} />
    case 'maps':
      return <MapsPage />
    case 'grouper':
      return <GrouperPage />
    case 'quality':
      return <QualityPage check={first} run={route.query.run} />
    case 'standards':
      return first === undefined ? (
        <StandardsPage query={route.query} />
      ) : (
        <StandardPage key={first} hash={first} />
      )
    case 'ledger':
      return first === undefined ? <LedgerPage /> : <BlockPage key={first} height={first} />
    case 'members':
      return <MembersPage />
    case 'votes':
      return <VotesPage />
    case 'validators':
      return <ValidatorsPage />
    case 'users':
      return <UsersPage />
  }
}
