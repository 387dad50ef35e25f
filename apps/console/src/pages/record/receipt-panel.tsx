/** The receipt of a version: verified here, in this page, without asking the node; or taken away as a file. */
import { Button } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../api/answer.ts'
import type { VersionDocument } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { Icon } from '../../show/icon.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { Ladder } from '../../verify/ladder.tsx'
import { type Verification, verifyHere } from '../../verify/verify-here.ts'
import { useWords } from '../../words/words.tsx'
import { Downloads } from './downloads.tsx'

/** Before the version is final there is nothing to verify, and the panel says so. */
export function ReceiptPanel({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  const hasReceipt = version.times.committed !== undefined
  return (
    <Panel title={t('receipt.title')} aside={hasReceipt ? undefined : t('receipt.not-yet')}>
      {hasReceipt ? <Verifiable version={version} /> : <p className="quiet">{t('receipt.not-yet-about')}</p>}
    </Panel>
  )
}

function Verifiable({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  const { client, session } = useSession()
  const [busy, setBusy] = useState(false)
  const [verification, setVerification] = useState<Verification | undefined>()
  const [refused, setRefused] = useState<Refused | undefined>()
  const mayExport = session?.person.role === 'administrator' || session?.person.role === 'clerk'
  const run = async () => {
    setBusy(true)
    const answer = await verifyHere(client, version, mayExport && version.state !== 'erased')
    setBusy(false)
    setVerification(answer.ok ? answer.value : undefined)
    setRefused(answer.ok ? undefined : answer.refused)
  }
  return (
    <div className="receipt">
      <p className="quiet">{t('receipt.about')}</p>
      <div className="receipt-actions">
        <Button type="primary" icon={<Icon name="shield" />} onClick={run} loading={busy}>
          {t('receipt.verify-here')}
        </Button>
        <Downloads version={version} mayExport={mayExport} />
      </div>
      <div aria-live="polite">
        {refused !== undefined && <Problem refused={refused} />}
        {verification !== undefined && <Ladder verification={verification} />}
      </div>
    </div>
  )
}
