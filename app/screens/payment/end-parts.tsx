import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { PaymentView } from '../../contract/views.ts'
import { useTimes } from '../times.ts'

/** The result in one look: its mark, its name, and a sentence. */
export function EndHead(props: {
  readonly icon: IconName
  readonly title: string
  readonly says: ReactNode
}) {
  return (
    <div className="ended-head" role="status">
      <span className="ended-icon">
        <Icon name={props.icon} size={44} />
      </span>
      <div>
        <h3>{props.title}</h3>
        <p>{props.says}</p>
      </div>
    </div>
  )
}

export function SettledNotice({ payment }: { readonly payment: PaymentView }) {
  const words = useWords()
  const times = useTimes()
  const { settledByHand: settled } = payment
  if (settled === null) return null
  const { payment: says } = words
  return (
    <Notice tone="attention" title={`${says.settledByHand} ${says.settledAs[settled.as]}`}>
      <p>{says.settledBy(settled.by, times.clock(settled.atMs))}</p>
      <p>{settled.serviceSays === null ? says.stillWatched : `SEQR: ${says.phase[settled.serviceSays]}`}</p>
    </Notice>
  )
}
