import type { Fault, FaultOrder } from '../seqr/faults.ts'
import type { ControlState } from '../seqr/seqr-server.ts'

/** What the control page does in the browser. Sent as its own source text, like the phone's. */
export function runControl(): void {
  const operations = [
    ['*', 'All'],
    ...[
      'registerTerminal',
      'unregisterTerminal',
      'assignSeqrId',
      'sendInvoice',
      'updateInvoice',
      'getPaymentStatus',
      'cancelInvoice',
      'commitReservation',
      'submitPaymentReceipt',
      'refundPayment',
      'markTransactionPeriod',
      'executeReport',
    ].map((name) => [name, name]),
  ]
  const choices: readonly (readonly [Fault['fault'], string])[] = [
    ['delay', 'Slow'],
    ['down', 'Down'],
    ['refuse', 'Refuse'],
    ['dropBefore', 'Lose the request'],
    ['dropAfter', 'Lose the answer'],
    ['http500', 'HTTP 500'],
    ['soapFault', 'SOAP fault'],
    ['html', 'Guest network page'],
    ['brokenXml', 'Broken XML'],
    ['empty', 'Empty answer'],
    ['unknownStatus', 'Unknown status'],
    ['wrongOperation', 'Wrong answer'],
    ['slowLoris', 'Byte by byte'],
    ['huge', 'Huge answer'],
  ]

  const part = (id: string): HTMLElement => {
    const element = document.getElementById(id)
    if (element === null) throw new Error(`the page has no ${id}`)
    return element
  }
  const number = (id: string) => Number((part(id) as HTMLInputElement).value) || 0

  const order = async (fault: Fault['fault']) => {
    const times = number('times')
    const wanted: FaultOrder = {
      operation: (part('operation') as HTMLSelectElement).value,
      fault,
      times: times === 0 ? null : times,
      // A byte each few seconds would outlast everyone; the field means the pause between answers elsewhere.
      ms: fault === 'slowLoris' ? Math.min(number('ms'), 200) : number('ms'),
      code: number('code'),
    }
    const headers = { 'content-type': 'application/json' }
    await fetch('/control/faults', { method: 'POST', headers, body: JSON.stringify(wanted) })
    await refresh()
  }

  const button = (text: string, className: string, act: () => Promise<void>) => {
    const made = document.createElement('button')
    made.type = 'button'
    made.textContent = text
    made.className = className
    made.addEventListener('click', () => void act().catch(() => {}))
    return made
  }

  const table = (id: string, heads: readonly string[], rows: readonly (readonly string[])[]) => {
    const line = (tag: string, texts: readonly string[]) => {
      const row = document.createElement('tr')
      for (const text of texts) row.append(Object.assign(document.createElement(tag), { textContent: text }))
      return row
    }
    const made = document.createElement('table')
    made.append(line('th', heads), ...rows.map((texts) => line('td', texts)))
    part(id).replaceChildren(made)
  }
  const time = (atMs: number | null | undefined) => (atMs ? new Date(atMs).toLocaleTimeString() : '')
  const minor = (amount: number | undefined) => (amount === undefined ? '' : (amount / 100).toFixed(2))

  const refresh = async () => {
    const state = (await (await fetch('/control/state')).json()) as ControlState
    const { faults } = state
    const told = faults.map(
      (fault) => `${fault.operation} ${fault.fault}${fault.times === null ? '' : ` \u00D7 ${fault.times}`}`,
    )
    part('now').textContent = told.length === 0 ? 'All is well.' : `In force: ${told.join(', ')}`
    part('now').classList.toggle('bad', told.length > 0)
    const nameOf = new Map(state.terminals.map((terminal) => [terminal.terminalId, terminal.name]))
    table(
      'invoices',
      ['Sent', 'Register', 'Reference', 'Status', 'Why', 'Version', 'Seen', 'Total', 'Paid', 'Payment'],
      state.invoices
        .toReversed()
        .slice(0, 40)
        .map((invoice) => [
          time(invoice.sentAtMs),
          nameOf.get(invoice.terminalId) ?? invoice.terminalName,
          invoice.invoiceReference,
          invoice.status,
          invoice.ending ?? '',
          String(invoice.version),
          String(invoice.acknowledgedVersion),
          minor(invoice.totalMinor),
          minor(invoice.payment?.amountMinor),
          invoice.payment?.ersReference ?? '',
        ]),
    )
    table(
      'terminals',
      ['Shop', 'Name', 'Its own name', 'SEQR ID', 'Terminal'],
      state.terminals.map((terminal) => [
        terminal.merchant,
        terminal.name,
        terminal.externalTerminalId,
        terminal.seqrId ?? '',
        terminal.terminalId,
      ]),
    )
    table(
      'refunds',
      ['Time', 'Amount', 'Of payment', 'Reference'],
      state.refunds
        .toReversed()
        .map((refund) => [
          time(refund.refundedAtMs),
          minor(refund.amountMinor),
          refund.ofErsReference,
          refund.ersReference,
        ]),
    )
    table(
      'remarks',
      ['Operation', 'Remark', 'Times'],
      state.remarks.map((remark) => [remark.operation, remark.text, String(remark.times)]),
    )
    table(
      'calls',
      ['Time', 'Operation', 'Result', 'Trouble'],
      state.calls.map((call) => [
        time(call.atMs),
        call.operation,
        call.resultCode === null ? '' : String(call.resultCode),
        call.fault ?? '',
      ]),
    )
  }

  for (const [value = '', text = ''] of operations) part('operation').append(new Option(text, value))
  for (const [fault, text] of choices) part('choices').append(button(text, '', () => order(fault)))
  const clear = async () => {
    await fetch('/control/faults', { method: 'DELETE' })
    await refresh()
  }
  part('choices').append(button('All is well', 'calm', clear))
  const loop = async () => {
    await refresh().catch(() => {
      part('now').textContent = 'The sandbox does not answer.'
    })
    setTimeout(() => void loop(), 1000)
  }
  void loop()
}
