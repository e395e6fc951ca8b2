import { Icon, type IconName } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { ListedStatus } from '../../contract/slip-views.ts'

const icons: Readonly<Record<ListedStatus, IconName>> = {
  PENDING: 'clock',
  EXPIRED: 'hourglass',
  PAID: 'cash',
  POSTED: 'tick',
  DECLINED: 'stop',
  ERROR: 'help',
  CONFIRMING: 'outbox',
  PERSON: 'warning',
  RETURNED: 'undo',
}

/** A slip's status: its mark, its colour and its word, never the colour alone. */
export function StatusMark({ status }: { readonly status: ListedStatus }) {
  const { slips } = useWords()
  return (
    <span className="slip-status" data-status={status} title={slips.statusLong[status]}>
      <Icon name={icons[status]} size={18} />
      {slips.status[status]}
    </span>
  )
}
