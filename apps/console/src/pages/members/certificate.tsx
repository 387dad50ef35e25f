/** The certificate of a member as a file: what `meridian members certificate` writes, and `meridian verify` checks. */
import { App } from 'antd'
import { useState } from 'react'
import type { MemberDocument } from '../../api/consortium-documents.ts'
import { useSession } from '../../api/session.tsx'
import '../../show/download-button.css'
import { Icon } from '../../show/icon.tsx'
import { saveFile } from '../../show/save-file.ts'
import { useWords } from '../../words/words.tsx'

/** A button; the node makes the certificate when it is pressed, so that it says what is so now. */
export function Certificate({ member: { organisation, names } }: { member: MemberDocument }) {
  const { t, say } = useWords()
  const { client } = useSession()
  const { message } = App.useApp()
  const [isTaking, setTaking] = useState(false)
  const take = async () => {
    setTaking(true)
    const answer = await client.getBytes(`/api/members/${organisation}/certificate`)
    setTaking(false)
    if (answer.ok) saveFile(`${organisation}.membership.json`, answer.value)
    else message.error(say(answer.refused.message))
  }
  return (
    <button
      type="button"
      className="download-button"
      disabled={isTaking}
      onClick={take}
      title={t('members.certificate-of', { name: say(names) })}
      aria-label={t('members.certificate-of', { name: say(names) })}
    >
      <Icon name="download" /> {t('members.certificate')}
    </button>
  )
}
